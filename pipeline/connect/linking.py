"""Links the documents of a batch: which others they touch, and what has to be looked at again because of that.

A link depends on the two documents and on which documents find each other by their keys; to a reply belongs only its
strongest case, with the copies of what is asked there. So when a document is saved, four things can change: its own
links, those of the replies that find it, those of documents whose key became common (or rare again) with it, and the
answers to questions whose reply it touches.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.connections import Bucket, Connections, Saved
from corpus.links import Answer
from corpus.store import Store
from pipeline import layout
from pipeline.connect import keys, matters, profiles, replies
from pipeline.connect.answers import answers_of
from pipeline.connect.profiles import Profile
from pipeline.layout import Reading

MOST_PROFILES = 1000  # kept at hand


class Linking:
    """The work on one batch of saved documents, within one transaction."""

    def __init__(self, store: Store, held: Connections) -> None:
        self._store, self._held = store, held
        self._profile = lru_cache(MOST_PROFILES)(self._read)
        self._asked_again: set[int] = set()  # documents whose questions are to be answered anew

    def link(self, saved: Sequence[Saved]) -> None:
        """Make the links and answers that these documents have a part in."""
        own = {one.document for one in saved}
        shifted = self._enter(saved)
        again = own | shifted
        answering = {link.source for document in again for link in self._held.links(target=document, kind="answers")}
        for document in again:
            self._link_pairs(document)
            answering |= {document} | self._partners(document, keys.ASKED, keys.REPLY)
        for document in answering:
            self._link_reply(document, is_new=document in own)
        for document in own | self._asked_again:
            self._answer(document)

    def _enter(self, saved: Sequence[Saved]) -> set[int]:
        """Write the profiles and keys; return the documents that a key was lost to, or came back to, thereby."""
        new = {one.document: profiles.make(self._store, one.document) for one in saved if one.holds_text}
        stands = {document: keys.buckets(profile) for document, profile in new.items()}
        changed = {
            bucket for one in saved for bucket in {*self._held.buckets(one.document)} ^ {*stands.get(one.document, ())}
        }
        before = {bucket: self._held.members(bucket) for bucket in changed}
        for one in saved:
            if one.holds_text:
                self._held.enter(one.document, profiles.packed(new[one.document]), stands[one.document])
            else:
                self._held.leave(one.document)
        return {document for bucket in changed for document in self._shifted(bucket, before[bucket])}

    def _shifted(self, bucket: Bucket, before: list[int] | None) -> Iterable[int]:
        after = self._held.members(bucket)
        return (before or after or ()) if (before is None) != (after is None) else ()

    def _link_pairs(self, document: int) -> None:
        """Link a document with those of its matter, and with what it treats or the minutes that treat it."""
        for kind in ("same matter", "refers to"):
            self._held.drop_links(document, kind)
        profile = self._profile(document)
        if profile is None:
            return
        sides = ((keys.ALL, keys.ALL), (keys.ASKED, keys.IN_MINUTES), (keys.IN_MINUTES, keys.ASKED))
        others = {other for own, across in sides for other in self._partners(document, own, across)}
        for other in map(self._known, others):
            found = matters.same_matter(profile, other), matters.refers(profile, other), matters.refers(other, profile)
            self._held.add_links(link for link in found if link)

    def _link_reply(self, document: int, *, is_new: bool) -> None:
        """Link a reply with what it answers and its copies; where that changes, their questions are answered anew."""
        before = self._held.links(source=document, kind="answers")
        profile = self._profile(document)
        asked = self._partners(document, keys.REPLY, keys.ASKED) if profile and profile.answers else ()
        after = replies.best(profile, map(self._known, asked)) if profile else []
        if before != after:
            self._held.drop_links(document, "answers", both_ways=False)
            self._held.add_links(after)
        if is_new or before != after:
            self._asked_again |= {link.target for link in (*before, *after)}

    def _answer(self, document: int) -> None:
        """Answer a document's questions from its surest reply."""
        profile = self._profile(document)
        answers: Iterable[Answer] = ()
        if profile is not None and profile.questions:
            links = self._held.links(target=document, kind="answers")
            link = max(links, key=lambda one: (one.confidence, self._known(one.source).digest), default=None)
            reply = self._known(link.source) if link else None
            answers = answers_of(profile, reply, link, self._reading)
        self._held.replace_answers(document, list(answers))

    def _partners(self, document: int, side: str, other: str) -> set[int]:
        return keys.partners(self._held, self._held.buckets(document), side, other) - {document}

    def _reading(self, document: int) -> Reading:
        return layout.read(self._store.pages(document))

    def _read(self, document: int) -> Profile | None:
        text = self._held.profile(document)
        return profiles.unpacked(text) if text is not None else None

    def _known(self, document: int) -> Profile:
        """The profile of a document that a key or a link led to."""
        profile = self._profile(document)
        if profile is None:
            raise LookupError(document)
        return profile
