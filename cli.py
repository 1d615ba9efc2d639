"""The command line: its verbs (`verbs/`), and how every way to end becomes an exit code.

stdout is data, stderr is talk.
"""

import io
import os
import sys

import click

from corpus.errors import AktsparError, refused
from verbs import keeping, library, matters, page, reviewing, searching, texts

VERSION = "0.1.0"
WRONG_USE, INTERRUPTED = 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="aktspar", message="%(prog)s %(version)s", help="Visa versionen.")
def aktspar() -> None:
    """Följ ett ärende genom kommunens handlingar: vad som frågats, svarats, lovats och beslutats.

    Börja med:  aktspar add MAPP  och sedan  aktspar trace "handlingsplan socialsekreterare"
    """


@aktspar.command()
def demo() -> None:
    """Visa vad aktspar gör, på en påhittad stads handlingar i ett tillfälligt bibliotek."""
    from terminal.demo import show_demo

    show_demo()


VERBS = (
    *(library.add, library.refresh, library.reindex, library.status, library.config),
    *(keeping.doctor, keeping.backup, keeping.recover, keeping.forget),
    *(searching.search, searching.like, searching.saved),
    *(matters.trace, matters.timeline, matters.questions, matters.promises, matters.party, matters.export),
    *(texts.show, texts.text, texts.findings, texts.reject, texts.teach, texts.restore),
    *(reviewing.review, page.serve, page.password),
)
for verb in VERBS:
    aktspar.add_command(verb)


def main() -> None:
    """Run the command line; every way to end has its exit code (`corpus.errors`)."""
    from terminal.swedish import speak_swedish

    speak_swedish(aktspar)
    for channel in (sys.stdout, sys.stderr):
        if isinstance(channel, io.TextIOWrapper):
            channel.reconfigure(encoding="utf-8")
    try:
        aktspar.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except BrokenPipeError:  # whoever read our output has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet. Det som hann bli klart är sparat; kör samma kommando igen för att fortsätta.", err=True)
        sys.exit(INTERRUPTED)
    except AktsparError as error:
        from terminal.console import tell

        tell(error)
        sys.exit(error.exit_code)
    except (OSError, MemoryError) as error:
        told = refused(error)
        click.echo(f"Fel: {told.cause}\nGör så här: {told.remedy}", err=True)  # what colours it may not fit any more
        sys.exit(told.exit_code)


if __name__ == "__main__":
    main()
