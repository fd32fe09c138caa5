"""Đơn vị một người ký: the superior's permit, given and taken back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority, ledger
from hoiam.core.errors import HoiAmError
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions import allow_sole_signer, end_sole_signer
from hoiam.handling.queries.sole_signers import permit_of


class ReasonForm(forms.Form):
    """Vì sao."""

    reason = forms.CharField(label="Vì sao", widget=forms.Textarea(attrs={"rows": 2}))


@desk
def permit(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether this unit's one signer may approve own drafts; its superior changes it."""
    agency = get_object_or_404(agencies_visible_to(actor_of(request)), pk=pk)
    found = permit_of(agency)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = end_sole_signer if found else allow_sole_signer
        try:
            verb(agency, actor=actor_of(request), now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã thôi cho phép." if found else "Đã cho phép.")
            return redirect("desk-sole-signer", pk=pk)
    shown = {
        "agency": agency,
        "permit": found,
        "form": form,
        "may": authority.can(actor_of(request), "allow_sole_signer", agency),
        "diary": ledger.of(agency).filter(step__in=["allow_sole_signer", "end_sole_signer"]),
    }
    return render(request, "desk/sole_signer.html", shown, status=422 if form.errors else 200)
