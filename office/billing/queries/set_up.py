"""What set-up asks of billing."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from office.billing.queries.clearinghouse import clearinghouse
from office.billing.queries.enrollment import Line, billed_providers, matrix
from office.billing.rules.enrollment import Transaction
from office.core.wiring import SetUpPart
from office.patients.models import Payer
from office.practice.models import SetUpNote

#: The card, as somebody confirms it who bills no insurance.
PAYERS = "payers"
#: What cannot be done at a payer that is not ready for the transaction.
_WITHOUT = {
    Transaction.ERA: "Payments of {} are typed in from paper",
    Transaction.ELIGIBILITY: "Insurance with {} is asked about by phone",
    Transaction.CLAIM_STATUS: "Claims at {} are asked about by phone",
}


def payer_parts() -> list[SetUpPart]:
    """Each payer's numbers, the way to it, and whether it takes the providers' transactions."""
    payers = list(Payer.objects.filter(is_active=True))
    if not payers:
        bills_nobody = SetUpNote.objects.filter(card=PAYERS, looked_at__isnull=False).exists()
        url = reverse("billing:set_up_payers")
        return [
            SetUpPart(
                "payers",
                bills_nobody,
                "Nobody's insurance is billed",
                "There is no payer, and nobody said that patients pay alone.",
                url,
            )
        ]
    return [*_clearinghouse_parts(), *_claim_parts(payers), *_other_parts(payers), _filing_part(payers)]


def _clearinghouse_parts() -> list[SetUpPart]:
    url = reverse("billing:set_up_clearinghouse")
    way = clearinghouse()
    if way is None:
        return [
            SetUpPart(
                "clearinghouse", is_done=False, consequence="Claims cannot leave", why="No clearinghouse yet.", url=url
            )
        ]
    missing = way.missing
    return [
        SetUpPart("clearinghouse", not missing, "Claims cannot leave", f"{way} needs: {', '.join(missing)}.", url),
        SetUpPart(
            "business associate agreement",
            way.agreement_on is not None,
            f"Nothing of a patient may go to {way}",
            "The business associate agreement has no date.",
            url,
        ),
    ]


def _claim_parts(payers: Sequence[Payer]) -> list[SetUpPart]:
    lines = matrix(Transaction.CLAIMS, payers, billed_providers())
    #: Which payers lack the same providers: those are told of together.
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in lines:
        alike[_lacking(line)].append(str(line.payer))
    found = []
    for line in lines:
        payer, url = line.payer, reverse("billing:set_up_payer", args=[line.payer.pk])
        stops = f"Claims to {payer} cannot leave"
        found += [
            SetUpPart(f"{payer} payer ID", bool(payer.payer_code), stops, "No payer ID.", url),
            SetUpPart(f"{payer} filing", bool(payer.filing_indicator), stops, "No claim-filing indicator.", url),
        ]
        if line.cells:
            who = _lacking(line)
            found.append(
                SetUpPart(
                    f"{payer} enrollment",
                    not who,
                    f"Claims of {_some(who)} cannot reach {_some(alike[who])}",
                    f"Enrolled with {line.ready} of {len(line.cells)} providers.",
                    reverse("billing:enrollment"),
                    works=f"Bill {payer}" if payer.payer_code and payer.filing_indicator else "",
                )
            )
    return found


def _lacking(line: Line) -> tuple[str, ...]:
    return tuple(cell.provider.spoken_name for cell in line.cells if not cell.is_ready)


def _other_parts(payers: Sequence[Payer]) -> list[SetUpPart]:
    providers = billed_providers()
    found = []
    for transaction, consequence in _WITHOUT.items():
        short = [str(line.payer) for line in matrix(transaction, payers, providers) if line.ready < len(line.cells)]
        url = f"{reverse('billing:enrollment')}?for={transaction}"
        found.append(
            SetUpPart(
                f"{transaction.label} enrollment",
                not short,
                consequence.format(_some(short)),
                "Not every provider is enrolled.",
                url,
            )
        )
    return found


def _filing_part(payers: Sequence[Payer]) -> SetUpPart:
    short = [payer for payer in payers if payer.timely_filing_days is None]
    url = reverse("billing:set_up_payer", args=[short[0].pk]) if short else ""
    return SetUpPart(
        "timely filing",
        not short,
        f"Nobody is warned before claims to {_some([str(one) for one in short])} come too late",
        "No timely-filing limit.",
        url,
    )


def _some(names: Sequence[str]) -> str:
    """``Aetna``, ``Aetna and Summit``, ``Aetna and 3 more``."""
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} more"
