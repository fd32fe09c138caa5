"""Who may speak on a case at a moment, authorisations and their ends, duties, plans, breaches: narrowed to who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from hoiam.agencies.models import Agency, Official, Post
from hoiam.agencies.queries import in_force, tree
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Authorisation, Breach, Case, Duty, Statement, SupplyPlan
from hoiam.handling.policies import DECIDERS
from hoiam.handling.states import AuthorisationState, DutyState, SpeakingBasis
from hoiam.kit.rulebook import RulebookError, SpeakingLaw, default_number, speaking_law
from hoiam.kit.vietnamese import VIETNAM, Contradiction, contradictions


@dataclass(frozen=True)
class Speaker:
    """One person who may speak on a case at a moment, and in which right."""

    official: Official
    basis: SpeakingBasis
    title: str
    authorisation: Authorisation | None = None

    def __str__(self) -> str:
        """The name with the right, as a sentence names it."""
        right = self.basis.label.lower()
        if self.authorisation is not None:
            right = f"được ủy quyền đến hết {self.authorisation.to_on:%d/%m/%Y}"
        return f"{self.official} ({right})"


def speakers_of(case: Case, at: datetime) -> list[Speaker]:
    """Who may speak on the case at this moment by the law of that day; two queries.

    Posts count by the day, an authorisation from the moment it was signed and until it ended.
    """
    law = law_of(case.agency, at.astimezone(VIETNAM).date())
    if law is None:
        return []
    day = at.astimezone(VIETNAM).date()
    posts = list(
        Post.objects.filter(in_force(day), agency=case.agency, official__is_active=True)
        .select_related("official")
        .order_by("pk")
    )
    found = [
        Speaker(post.official, basis, post.title)
        for role, basis in ((Role.HEAD, SpeakingBasis.HEAD), (Role.SPOKESPERSON, SpeakingBasis.PERMANENT))
        if basis.value in law.kinds
        for post in posts
        if post.role == role
    ]  # fmt: skip
    if SpeakingBasis.AUTHORISED.value in law.kinds:
        found += _authorised(case, law, posts, at)
    return found


def law_of(agency: Agency, day: date) -> SpeakingLaw | None:
    """Who may speak for the agency by the law of the day; None where the rulebook knows none."""
    try:
        return speaking_law(agency.level, day)
    except RulebookError:
        return None


def _authorised(case: Case, law: SpeakingLaw, posts: Iterable[Post], at: datetime) -> list[Speaker]:
    held = {(post.official_id, post.role) for post in posts}
    rows = Authorisation.objects.system("who may speak on this case").filter(case=case)
    return [
        Speaker(row.official, SpeakingBasis.AUTHORISED, row.title, row)
        for row in rows.select_related("official")
        if row.gives_right_at(at)
        and (
            not law.authorised_roles
            or any((row.official_id, role) in held for role in law.authorised_roles)
        )
    ]


@dataclass(frozen=True)
class Disagreement:
    """Two statements of one case that seem to differ, and where."""

    earlier: Statement
    later: Statement
    found: tuple[Contradiction, ...]


def disagreements(statements: Iterable[Statement]) -> list[Disagreement]:
    """Pairs of statements that seem to differ, in the order they were made (NĐ 244/2026 Đ8)."""
    pairs = combinations(sorted(statements, key=lambda said: (said.at, said.pk or 0)), 2)
    compared = (Disagreement(a, b, contradictions(a.text, b.text)) for a, b in pairs)
    return [each for each in compared if each.found]


def authorisations_visible_to(actor: Actor) -> ScopedQuerySet:
    """Authorisations of the actor's agencies and those below, newest first."""
    rows = Authorisation.objects.select_related("agency", "official", "case__agency", "paper")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def ending_soon(rows: ScopedQuerySet, today: date) -> ScopedQuerySet:
    """Of these authorisations those whose right ends within the warned days (MD-78)."""
    last = today + timedelta(days=default_number("MD-78"))
    return rows.filter(state=AuthorisationState.SIGNED, to_on__gte=today, to_on__lte=last)


def ending_everywhere(today: date) -> list[Authorisation]:
    """Signed authorisations of every agency whose last day lies within the warned days, first ending first."""
    rows = Authorisation.objects.system("holder and giver are warned before it ends")
    rows = rows.select_related("agency", "official", "signed_by", "case")
    return list(ending_soon(rows, today).order_by("to_on", "pk"))


def public_authorisations(day: date) -> ScopedQuerySet:
    """What the public may know: signed authorisations in force on the day that are shown."""
    return (
        Authorisation.objects.system("what the public may know")
        .filter(state=AuthorisationState.SIGNED, is_listed=True, from_on__lte=day, to_on__gte=day)
        .select_related("agency", "official")
        .order_by("official__sort_key")
    )


def duties_visible_to(actor: Actor) -> ScopedQuerySet:
    """Periodic duties of the actor's agencies and those below, first due first."""
    rows = Duty.objects.select_related("agency", "settled_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def duties_of(actor: Actor, now: datetime, ahead: timedelta) -> ScopedQuerySet:
    """Open duties of the agencies where the actor sits that are due within the span, or late."""
    own = [post.agency_id for post in actor.posts]
    return duties_visible_to(actor).filter(
        agency__in=own, state=DutyState.OPEN, due_at__lte=now + ahead
    )


def plans_visible_to(actor: Actor) -> ScopedQuerySet:
    """Plans of supply of the actor's agencies and those below, newest first."""
    rows = SupplyPlan.objects.select_related("agency", "drafted_by", "approved_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def breaches_visible_to(actor: Actor) -> ScopedQuerySet:
    """Breaches of the agencies where the actor decides, and of those below them; nobody else sees one."""
    rows = Breach.objects.select_related("agency", "official", "case", "recorded_by", "handled_by")
    deciding = [post for post in actor.posts if post.role in DECIDERS]
    if any(post.level == Level.CENTRE for post in deciding):
        return rows.narrowed()
    return rows.narrowed(agency__in=tree().scope({post.agency_id for post in deciding}))


def decides(actor: Actor) -> bool:
    """Whether the actor decides anywhere: who does not is not shown that the register exists."""
    return actor.has_role(*DECIDERS)
