"""Reading the register: agencies of a day, who answers for an old name, who sees what, who holds which role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Prefetch, Q, QuerySet

from hoiam.agencies.models import (
    Agency,
    Channel,
    Official,
    OfficialAccount,
    Post,
    PressAgency,
    Publication,
    Reporter,
    Spokesperson,
    Succession,
)
from hoiam.agencies.outlets import hosts_of
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor, PostFact
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.vietnamese import fold, nfc


def in_force(day: date) -> Q:
    """The condition that a dated row is in force on this day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def agencies_on(day: date) -> QuerySet[Agency]:
    """Agencies of the System in force on this day, in Vietnamese order; military offices are not ours."""
    return (
        Agency.objects.filter(in_force(day)).exclude(level=Level.MILITARY).select_related("parent")
    )


@dataclass(frozen=True)
class Tree:
    """Who stands under whom and who followed whom, for the whole register; small, and read by every request."""

    children: dict[int, tuple[int, ...]]
    predecessors: dict[int, tuple[int, ...]]

    def scope(self, ids: set[int]) -> frozenset[int]:
        """The agencies seen from these: themselves, those below, and the predecessors of all of them."""
        seen = ids | {child for pk in ids for child in self.children.get(pk, ())}
        fresh = set(seen)
        while fresh:
            fresh = {before for pk in fresh for before in self.predecessors.get(pk, ())} - seen
            seen |= fresh
        return frozenset(seen)


TREE_KEY = "agencies.tree"
TREE_SECONDS = 60


def tree() -> Tree:
    """The register's shape, kept in this process for a minute; an import forgets it at once in its own process."""
    kept = cache.get(TREE_KEY)
    if kept is None:
        kept = Tree(
            _pairs(Agency.objects.exclude(parent=None).values_list("parent", "pk")),
            _pairs(Succession.objects.values_list("successor", "predecessor")),
        )
        cache.set(TREE_KEY, kept, TREE_SECONDS)
    return kept


def _pairs(rows: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for key, value in rows:
        found[key] = (*found.get(key, ()), value)
    return found


def signed_in(pk: int, today: date) -> Official | None:
    """The account with the posts of this day already beside it, in one query; None when there is no such account.

    Every page of the desk needs both, so that two queries would be one too many.
    """
    posts = list(_posts_on(today).filter(official=pk).select_related("official"))
    if not posts:
        return Official.objects.filter(pk=pk).first()
    official = posts[0].official
    official.posts_read = (today, posts)
    return official


def _posts_on(today: date) -> QuerySet[Post]:
    return Post.objects.filter(in_force(today)).select_related("agency").order_by("id")


def actor_on(official: Official, today: date) -> Actor:
    """The official with the posts and the scope of this day; at most one query."""
    day, posts = getattr(official, "posts_read", (None, []))
    if day != today:
        posts = list(_posts_on(today).filter(official=official))
    return Actor(
        official=official,
        today=today,
        posts=tuple(
            PostFact(p.agency_id, p.agency.name, p.agency.level, p.role, str(p)) for p in posts
        ),
        agency_ids=tree().scope({post.agency_id for post in posts}),
        sees_everything=any(p.agency.level == Level.CENTRE for p in posts),
    )


def agencies_visible_to(actor: Actor) -> QuerySet[Agency]:
    """Agencies of the actor's day whose rows the actor may see."""
    today = agencies_on(actor.today)
    return today if actor.sees_everything else today.filter(pk__in=actor.agency_ids)


def agencies_ever_visible_to(actor: Actor) -> QuerySet[Agency]:
    """Agencies of any time whose rows the actor may see: the past of one's own offices included."""
    rows = Agency.objects.select_related("parent")
    return rows if actor.sees_everything else rows.filter(pk__in=actor.agency_ids)


def answering(agency: Agency, day: date) -> Agency | None:
    """The office that answers for this agency on the day: itself, or its last successor then in force.

    None when nothing is known to have followed it. An obligation never dies with a merger (organisation.md §3).
    """
    current, passed = agency, {agency.pk}
    while current.valid_to is not None and current.valid_to < day:
        step = (
            Succession.objects.filter(predecessor=current, since__lte=day)
            .exclude(successor__in=passed)
            .select_related("successor")
            # "region" before "province": the narrower office answers.
            .order_by("-successor__level", "id")
            .first()
        )
        if step is None:
            return None
        current = step.successor
        passed.add(current.pk)
    return current


def case_agency(agency: Agency) -> Agency:
    """The agency in whose name a matter is handled: a regional office's province (it has the seal), else itself."""
    if agency.level in {Level.REGION, Level.DISTRICT} and agency.parent is not None:
        return agency.parent
    return agency


def superior(agency: Agency, day: date) -> Agency | None:
    """The agency one level up on this day: the province of a region, the centre of a province."""
    if agency.parent_id:
        return agency.parent
    if agency.level == Level.CENTRE:
        return None
    return agencies_on(day).filter(level=Level.CENTRE, fictional=False).first()


def holders(agency: Agency, roles: Iterable[str], today: date) -> QuerySet[Official]:
    """Active officials who hold one of the roles at this agency today, by given name."""
    return (
        Official.objects.filter(
            is_active=True,
            posts__in=Post.objects.filter(in_force(today), agency=agency, role__in=list(roles)),
        )
        .distinct()
        .order_by("sort_key")
    )


def people_of(agency: Agency, today: date) -> QuerySet[Post]:
    """Posts held at this agency and below it today, with their officials."""
    return (
        Post.objects.filter(in_force(today), Q(agency=agency) | Q(agency__parent=agency))
        .select_related("official", "agency")
        .order_by("agency__level", "agency__sort_key", "role", "official__sort_key")
    )


def assignable_to(actor: Actor, agency: Agency) -> QuerySet[Official]:
    """Officials at the agency or below it whom the actor may hand work to."""
    places = Q(agency=agency) | Q(agency__parent=agency)
    if not actor.sees_everything:
        places &= Q(agency__in=actor.agency_ids)
    posts = Post.objects.filter(in_force(actor.today), places)
    return Official.objects.filter(is_active=True, posts__in=posts).distinct().order_by("sort_key")


def press_agencies() -> QuerySet[PressAgency]:
    """Press agencies in Vietnamese order with their channels and reporters."""
    return PressAgency.objects.prefetch_related(
        "channels", Prefetch("reporters", Reporter.objects.all())
    )


def press_agencies_named(query: str) -> QuerySet[PressAgency]:
    """Press agencies whose name holds every word typed, marks or not; all of them when nothing was typed."""
    return _named(press_agencies(), query)


def agencies_named(rows: QuerySet[Agency], query: str) -> QuerySet[Agency]:
    """Those of the agencies whose name holds every word typed, marks or not."""
    return _named(rows, query)


def _named(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    words = fold(nfc(query)).split()
    if not words:
        return rows
    # Names are few and SQLite cannot fold Vietnamese letters: they are compared here, then asked for by key.
    names = rows.order_by().values_list("pk", "name")
    return rows.filter(pk__in=[pk for pk, name in names if all(w in fold(name) for w in words)])


def predecessors_of(agency: Agency) -> list[Succession]:
    """Who this agency followed, step by step back to the first, newest step first; one query a generation."""
    return _chain(agency, "successor", "predecessor")


def successors_of(agency: Agency) -> list[Succession]:
    """Who followed this agency, step by step to today's office."""
    return _chain(agency, "predecessor", "successor")


def _chain(agency: Agency, near: str, far: str) -> list[Succession]:
    found: list[Succession] = []
    passed, fresh = {agency.pk}, {agency.pk}
    while fresh:
        steps = list(
            Succession.objects.filter(**{f"{near}__in": fresh})
            .select_related("predecessor", "successor")
            .order_by("-since", f"{far}__sort_key")
        )
        steps = [step for step in steps if getattr(step, f"{far}_id") not in passed]
        fresh = {getattr(step, f"{far}_id") for step in steps}
        passed |= fresh
        found += steps
    return found


def channel_of(host: str) -> Channel | None:
    """The channel that publishes under this host name (with or without a leading part), or None."""
    names = hosts_of(host)
    found = {
        channel.host: channel
        for channel in Channel.objects.filter(host__in=names).select_related("press_agency")
    }
    return next((found[name] for name in names if name in found), None)


def spokespersons_visible_to(actor: Actor) -> ScopedQuerySet:
    """Appointments of the actor's agencies and those below, those in force first."""
    rows = Spokesperson.objects.select_related("agency", "official", "publication")
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(agency__in=actor.agency_ids)


def publications_visible_to(actor: Actor) -> ScopedQuerySet:
    """Duties to publish a name at the actor's agencies and those below."""
    rows = Publication.objects.select_related("agency", "spokesperson__official")
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(agency__in=actor.agency_ids)


def accounts_visible_to(actor: Actor) -> ScopedQuerySet:
    """Official pages and accounts of the actor's agencies and those below."""
    rows = OfficialAccount.objects.select_related("agency")
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(agency__in=actor.agency_ids)


def public_spokespersons(day: date) -> ScopedQuerySet:
    """What the public may know: appointments in force on the day whose card is shown."""
    return (
        Spokesperson.objects.system("what the public may know")
        .filter(in_force(day), is_listed=True)
        .select_related("agency__parent", "official")
        .order_by("agency__level", "agency__sort_key", "kind", "official__sort_key")
    )


def public_accounts(day: date) -> ScopedQuerySet:
    """What the public may know: official pages and accounts in use on the day."""
    return (
        OfficialAccount.objects.system("what the public may know")
        .filter(since__lte=day)
        .filter(Q(until=None) | Q(until__gte=day))
        .select_related("agency")
        .order_by("platform", "name")
    )


def agencies_owing_a_spokesperson(actor: Actor) -> QuerySet[Agency]:
    """Agencies of the actor's day that law covers (centre, province) and nobody is shown for (NĐ 244/2026 Đ3.3)."""
    shown = public_spokespersons(actor.today).values("agency")
    return (
        agencies_visible_to(actor)
        .filter(level__in=[Level.CENTRE, Level.PROVINCE])
        .exclude(pk__in=shown)
    )
