"""The verbs of the page: open it, and who may log in to it."""

from pathlib import Path

import click

from corpus.errors import WrongUse
from verbs.common import HOME


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADRESS", help="Adressen sidan ligger på.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, metavar="PORT", help="Porten.")
@click.option(
    "--folder", "folders", type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    multiple=True, metavar="MAPP", help="En mapp som får läsas in från sidan; kan anges flera gånger.",
)  # fmt: skip
@click.option(
    "--passwords", type=click.Path(path_type=Path), metavar="FIL",
    help="Vilka som får logga in (aktspar password); krävs när andra datorer når sidan.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="VÄRDNAMN", help="Namn som sidan också svarar på; kan anges flera gånger."
)
@click.option("--open/--no-open", "show_it", default=False, help="Öppna sidan i webbläsaren.")
@HOME
def serve(
    host: str, port: int, folders: tuple[Path, ...], passwords: Path | None, names: tuple[str, ...], show_it: bool,
    home: Path,
) -> None:  # fmt: skip
    """Öppna sidan: sök, läs, följ ärenden och granska i webbläsaren. Ctrl-C stänger den."""
    from corpus.store import Store
    from web import app

    def begun(address: str) -> None:
        with Store(home, create=True) as store:
            held = store.count()
        click.echo(f"Aktspår finns på {address} (Ctrl-C stänger).", err=True)
        if not held:
            click.echo(f"Biblioteket är tomt; lägg till handlingar på {address}lagg-till.", err=True)
        if host not in app.LOCAL:
            click.echo("Lösenord går i klartext: låt en server som talar TLS stå framför (se guiden).", err=True)
        if show_it:
            click.launch(address)

    try:
        app.serve(home, host, port, folders, passwords, names, begun)
    except KeyboardInterrupt:
        click.echo("Sidan är stängd.", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FIL")
@click.argument("name", metavar="NAMN")
def password(file: Path, name: str) -> None:
    """Ge NAMN ett lösenord till sidan, eller byt det; FIL håller bara en kontrollsumma (argon2)."""
    from web.security import set_password

    typed = click.prompt("Lösenord", hide_input=True, err=True)
    if click.prompt("En gång till", hide_input=True, err=True) != typed:
        raise WrongUse("Lösenorden var inte lika.", "Försök igen.")
    set_password(file, name, typed)
    click.echo(f"{name} kan logga in med {file}.", err=True)
