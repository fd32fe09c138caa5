"""Filling the register: the facts that ship with the product, and lists imported by the centre."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction

from hoiam.agencies.actions.agency_file import AgencyRow, RowProblem, read
from hoiam.agencies.models import Agency, ImportRun, Succession
from hoiam.agencies.queries import TREE_KEY
from hoiam.agencies.states import Level
from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.kit.recognition import AgencyFact
from hoiam.kit.vietnamese import sort_key

# The day of the re-cut when no other is given (organisation.md §1: CV 3769/BTP-TCTHADS).
RECUT = date(2025, 7, 1)


@transaction.atomic
def load_register(facts: Iterable[AgencyFact]) -> int:
    """How many agencies were new. Facts already there are left as people may have changed them; idempotent."""
    facts = list(facts)
    have = set(Agency.objects.values_list("code", flat=True))
    fresh = [fact for fact in facts if fact.code not in have]
    Agency.objects.bulk_create([_agency_of(fact) for fact in fresh], batch_size=500)
    _join(fresh)
    cache.delete(TREE_KEY)
    return len(fresh)


def _agency_of(fact: AgencyFact) -> Agency:
    return Agency(
        code=fact.code,
        name=fact.name,
        full_name=fact.full_name,
        sort_key=sort_key(fact.name),
        level=fact.level,
        province=fact.province or "",
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
    )


def _join(fresh: list[AgencyFact]) -> None:
    pks = dict(Agency.objects.values_list("code", "pk"))
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=pks[code],
                successor_id=pks[fact.code],
                since=fact.valid_from or RECUT,
                uncertain=_is_uncertain(code, fact),
            )
            for fact in fresh
            for code in fact.predecessors
            if code in pks
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _is_uncertain(predecessor: str, fact: AgencyFact) -> bool:
    # An old district office answered for by a whole province: which Phòng is not known until the list is imported.
    return fact.level == Level.PROVINCE and predecessor.startswith("chi-cuc-")


def import_agencies(
    data: bytes, *, actor: Actor | None, now: datetime, file_name: str, dry_run: bool = False
) -> ImportRun:
    """The report of one import of agencies from a CSV file: all rows taken, or none when any row is wrong.

    The file is kept under its SHA-256, so that what was shown by a dry run is what is taken later.

    Args:
        data: the file's bytes.
        actor: an administrator of the centre, or None for the command line.
        dry_run: only say what would happen.

    Raises:
        InvalidInput: the file as a whole cannot be read; nothing was written.
        NotAllowed: the actor may not import.
    """
    if actor is not None:
        authority.check(actor, "import_agencies", Agency)
    rows, problems = read(data)
    problems = sorted(problems + _unknown_codes(rows) + _wrong_parents(rows), key=lambda p: p.row)
    run = ImportRun(
        kind="agencies",
        file_name=file_name[:200],
        at=now,
        by=actor.official if actor else None,
        dry_run=dry_run,
        rows=len({row.row for row in rows} | {problem.row for problem in problems}),
        problems=[problem.as_json() for problem in problems],
    )
    with transaction.atomic():
        if not problems and not dry_run:
            run.taken = _take(rows)
            cache.delete(TREE_KEY)
        run.save()
        ledger.write(
            run,
            actor=actor,
            step="import_agencies",
            at=now,
            taken=run.taken,
            rows=run.rows,
            file=blobs.put(data).sha256,
        )
    return run


def take_import(run: ImportRun, *, actor: Actor, now: datetime) -> ImportRun:
    """The report of taking for good the file a dry run has shown.

    Raises:
        WrongState: the run was no dry run, or its file has rows to mend.
        NotAllowed: the actor may not import.
    """
    if not run.dry_run or run.problems or not run.rows:
        raise WrongState(
            "Chỉ nhập được sau một lần thử không còn dòng lỗi. Hãy sửa tệp rồi thử lại."
        )
    kept = ledger.of(run).filter(step="import_agencies").get()
    data = blobs.read(kept.data["file"])
    return import_agencies(data, actor=actor, now=now, file_name=run.file_name)


def _unknown_codes(rows: list[AgencyRow]) -> list[RowProblem]:
    known = set(Agency.objects.values_list("code", flat=True)) | {row.code for row in rows}
    sentence = "Chưa có cơ quan mang mã này. Hãy thêm nó vào tệp hoặc sửa mã."
    parents = [
        RowProblem(row.row, "parent", row.parent, sentence)
        for row in rows
        if row.parent and row.parent not in known
    ]
    before = [
        RowProblem(row.row, "predecessors", code, sentence)
        for row in rows
        for code in row.predecessors
        if code not in known
    ]
    return parents + before


def _wrong_parents(rows: list[AgencyRow]) -> list[RowProblem]:
    """Offices below a province must stand under a province: a case opened there is handled in its name."""
    levels = dict(Agency.objects.values_list("code", "level")) | {r.code: r.level for r in rows}
    return [
        RowProblem(row.row, "parent", row.parent, "Cơ quan này không phải THADS cấp tỉnh.")
        for row in rows
        if row.level in {Level.REGION, Level.DISTRICT}
        and row.parent not in {"", row.code}
        and levels.get(row.parent, Level.PROVINCE) != Level.PROVINCE
    ]


def _take(rows: list[AgencyRow]) -> int:
    made = {row.code: _put(row) for row in rows}
    by_code = {agency.code: agency for agency in Agency.objects.filter(code__in=_named(rows))}
    for row in rows:
        agency = made[row.code]
        if row.parent:
            agency.parent = by_code[row.parent]
            agency.save(update_fields=["parent"])
        for code in row.predecessors:
            Succession.objects.update_or_create(
                predecessor=by_code[code],
                successor=agency,
                defaults={"since": row.valid_from or RECUT, "uncertain": False},
            )
    return len(made)


def _put(row: AgencyRow) -> Agency:
    agency, _ = Agency.objects.update_or_create(
        code=row.code,
        defaults={
            "name": row.name,
            "full_name": row.name.replace("THADS", "Thi hành án dân sự"),
            "sort_key": sort_key(row.name),
            "level": row.level,
            "province": row.province,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "districts": list(row.districts),
        },
    )
    return agency


def _named(rows: list[AgencyRow]) -> set[str]:
    return {code for row in rows for code in (row.code, row.parent, *row.predecessors) if code}
