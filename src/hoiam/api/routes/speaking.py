"""Who may speak today, and the official pages and accounts."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from hoiam.agencies.models import OfficialAccount, Spokesperson
from hoiam.agencies.queries import public_accounts, public_spokespersons
from hoiam.api.listing import Paging, listed
from hoiam.api.places import REFUSED, AgencyCode, agency_keys, named, of_the_web
from hoiam.api.shapes.agencies import AccountList, AccountRow, SpokespersonList, SpokespersonRow
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Authorisation
from hoiam.handling.queries.speaking import public_authorisations
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.keeping import now_of

router = Router(tags=["Cơ quan"])


class SpeakingFilters(Paging):
    """Của cơ quan nào."""

    agency: AgencyCode


@router.get("spokespersons", response={200: SpokespersonList, **REFUSED}, operation_id="list_spokespersons",
            summary="Người phát ngôn đương nhiệm", description="Những người được phát ngôn hôm nay, đúng như danh sách công khai trên Cổng.")  # fmt: skip
def spokespersons(request: HttpRequest, asked: Query[SpeakingFilters]) -> object:
    """Who may speak today: appointments, then authorisations of one matter each."""
    day = _today(request)
    people = [_appointed(row) for row in _of(public_spokespersons(day), asked)]
    people += [_authorised(row) for row in _of(public_authorisations(day), asked)]
    return listed(people, asked, lambda rows: rows)


@router.get("accounts", response={200: AccountList, **REFUSED}, operation_id="list_accounts",
            summary="Trang, tài khoản chính thức", description="Chỉ những trang, tài khoản này là của cơ quan thi hành án dân sự.")  # fmt: skip
def accounts(request: HttpRequest, asked: Query[SpeakingFilters]) -> object:
    """Official pages and accounts in use today."""
    rows = _of(public_accounts(_today(request)), asked)
    return listed(rows, asked, lambda found: map(_account, found))


def _of(rows: ScopedQuerySet, asked: SpeakingFilters) -> ScopedQuerySet:
    return rows.filter(agency__in=agency_keys(asked.agency)) if asked.agency else rows


def _today(request: HttpRequest) -> date:
    return now_of(request).astimezone(VIETNAM).date()


def _appointed(row: Spokesperson) -> SpokespersonRow:
    return SpokespersonRow(
        agency=named(row.agency),
        name=row.official.full_name,
        title=row.title,
        kind=row.kind,
        phone=row.phone or None,
        email=row.email or None,
        since=row.valid_from,
        until=row.valid_to,
        matter=None,
    )


def _authorised(row: Authorisation) -> SpokespersonRow:
    return SpokespersonRow(
        agency=named(row.agency),
        name=row.official.full_name,
        title=row.title,
        kind="authorised",
        phone=None,
        email=None,
        since=row.from_on,
        until=row.to_on,
        matter=row.matter or None,
    )


def _account(row: OfficialAccount) -> AccountRow:
    return AccountRow(
        agency=named(row.agency),
        platform=row.platform,
        name=row.name,
        url=of_the_web(row.url),
        since=row.since,
    )
