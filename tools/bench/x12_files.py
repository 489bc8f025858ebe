"""Balanced 835 and 837P files of any size, from a seed: invented people, amounts that add up at every level."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CLAIMS_OF_A_REMITTANCE: Final = 100
CLAIMS_OF_A_SUBMISSION: Final = 1_000
_FAMILIES: Final = ("OKAFOR", "LINDQVIST", "MARCHETTI", "HOLLOWAY", "NAKAMURA", "DELGADO", "SINGH", "OBRIEN")
_GIVEN: Final = ("NIA", "TOVE", "ARI", "GRETA", "KEN", "LUZ", "DEV", "MAEVE")
_VISITS: Final = ("99212", "99213", "99214", "99215", "36415", "J1885", "93000", "81002")
_CODES: Final = ("E119", "I10", "Z794", "J029", "M545", "R05", "N390", "F411")


def write(path: Path, kind: str, size: int, seed: int = 7) -> int:
    """Write a file of ``kind`` ``835`` or ``837P``, at least ``size`` bytes; return the number of its claims."""
    picked = random.Random(seed)  # noqa: S311 (a seed, so that every run measures the same file)
    transactions = _remittance if kind == "835" else _submission
    claims = written = count = 0
    code, version = ("HP", "005010X221A1") if kind == "835" else ("HC", "005010X222A1")
    with path.open("w", encoding="ascii", newline="") as stream:
        stream.write(_ISA + f"GS*{code}*A1*B1*20260210*0915*1*X*{version}~")
        while written < size:
            count += 1
            rows, own = transactions(picked, f"{count:04}")
            text = "~".join([*rows, f"SE*{len(rows) + 1}*{count:04}"]) + "~"
            written += stream.write(text)
            claims += own
        stream.write(f"GE*{count}*1~IEA*1*000000001~")
    return claims


_ISA: Final = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260210*0915*^*00501*000000001*0*P*:~"
)


def _remittance(picked: random.Random, control: str) -> tuple[list[str], int]:
    paid, rows = 0, list[str]()
    for _ in range(CLAIMS_OF_A_REMITTANCE):
        own, amount = _paid_claim(picked)
        rows += own
        paid += amount
    taken = picked.choice((0, 0, 375))
    head = [
        f"ST*835*{control}",
        f"BPR*I*{_dollars(paid - taken)}*C*ACH*CCP*01*999*DA*1*1512345678**01*999*DA*2*20260210",
        f"TRN*1*EFT{control}*1512345678", "N1*PR*EXAMPLE MUTUAL", "N3*1 MAIN ST", "N4*DAYTON*OH*45402",
        "N1*PE*JUNIPER FAMILY PRACTICE*XX*1234567893", "LX*1",
    ]  # fmt: skip
    tail = [f"PLB*1234567893*20261231*WO:ICN1*{_dollars(taken)}"] if taken else []
    return [*head, *rows, *tail], CLAIMS_OF_A_REMITTANCE


def _paid_claim(picked: random.Random) -> tuple[list[str], int]:
    lines, charged, paid, owed = list[str](), 0, 0, 0
    for number in range(1, picked.choice((1, 2, 2, 3, 4, 3)) + 1):
        charge = picked.randrange(4_000, 40_000)
        contractual, own = charge * 3 // 10, charge // 10
        charged, paid, owed = charged + charge, paid + charge - contractual - own, owed + own
        lines += [
            f"SVC*HC:{picked.choice(_VISITS)}*{_dollars(charge)}*{_dollars(charge - contractual - own)}**1",
            "DTM*472*20260105", f"CAS*CO*45*{_dollars(contractual)}", f"CAS*PR*2*{_dollars(own)}", f"REF*6R*L{number}",
            f"AMT*B6*{_dollars(charge - contractual)}",
        ]  # fmt: skip
    head = [
        f"CLP*PCN{picked.randrange(10**7)}*1*{_dollars(charged)}*{_dollars(paid)}*{_dollars(owed)}*MB*"
        f"ICN{picked.randrange(10**9)}*11*1",
        f"NM1*QC*1*{picked.choice(_FAMILIES)}*{picked.choice(_GIVEN)}****MI*W{picked.randrange(10**8)}",
        "NM1*82*1*HOLLOWAY*GRETA****XX*1982736450", "DTM*232*20260105", "DTM*050*20260120",
    ]  # fmt: skip
    return [*head, *lines], paid


def _submission(picked: random.Random, control: str) -> tuple[list[str], int]:
    rows = [
        f"ST*837*{control}*005010X222A1", f"BHT*0019*00*B{control}*20260210*0915*CH",
        "NM1*41*2*JUNIPER FAMILY PRACTICE*****46*SUB4410", "PER*IC*PAT DOYLE*TE*6145550100",
        "NM1*40*2*CLEARING HOUSE ONE*****46*CH001", "HL*1**20*1", "PRV*BI*PXC*207Q00000X",
        "NM1*85*2*JUNIPER FAMILY PRACTICE*****XX*1234567893", "N3*120 JUNIPER ST", "N4*COLUMBUS*OH*432150001",
        "REF*EI*311234567",
    ]  # fmt: skip
    level = 1
    for _ in range(CLAIMS_OF_A_SUBMISSION):
        level += 1
        own = list(_claim(picked, level))
        level += any(row.startswith("HL*") and row.endswith("*23*0") for row in own)
        rows += own
    return rows, CLAIMS_OF_A_SUBMISSION


def _claim(picked: random.Random, level: int) -> Iterator[str]:
    is_dependent, is_second = picked.random() < 0.3, picked.random() < 0.12
    family, born = picked.choice(_FAMILIES), f"D8*19{picked.randrange(40, 99)}0714*F"
    home = (f"N3*{picked.randrange(1, 900)} ELM CT", "N4*COLUMBUS*OH*432150002")
    yield f"HL*{level}*1*22*{int(is_dependent)}"
    yield f"SBR*{'S' if is_second else 'P'}*{'' if is_dependent else '18'}*GRP{picked.randrange(999)}******CI"
    yield f"NM1*IL*1*{family}*{picked.choice(_GIVEN)}****MI*W{picked.randrange(10**8)}"
    yield from () if is_dependent else (*home, f"DMG*{born}")
    yield "NM1*PR*2*EXAMPLE MUTUAL*****PI*12345"
    if is_dependent:
        yield from (f"HL*{level + 1}*{level}*23*0", "PAT*19", f"NM1*QC*1*{family}*{picked.choice(_GIVEN)}")
        yield from (*home, f"DMG*{born}")
    charges = [picked.randrange(4_000, 40_000) for _ in range(picked.choice((1, 2, 2, 3, 4)))]
    yield f"CLM*PCN{picked.randrange(10**7)}*{_dollars(sum(charges))}***11:B:1*Y*A*Y*Y"
    first, second = picked.sample(_CODES, 2)
    yield f"HI*ABK:{first}*ABF:{second}"
    yield from ("NM1*82*1*HOLLOWAY*GRETA****XX*1982736450", "PRV*PE*PXC*207Q00000X")
    if is_second:
        yield from ("SBR*P*18*******MB", f"AMT*D*{_dollars(sum(one - one // 4 for one in charges))}", "OI***Y***Y")
        yield from (f"NM1*IL*1*{family}*A****MI*1EG4TE5MK73", "NM1*PR*2*MEDICARE B*****PI*15202")
    for number, charge in enumerate(charges, 1):
        procedure = picked.choice(_VISITS)
        yield from (f"LX*{number}", f"SV1*HC:{procedure}*{_dollars(charge)}*UN*1***1:2", "DTP*472*D8*20260105")
        yield f"REF*6R*L{number}"
        if is_second:
            yield f"SVD*15202*{_dollars(charge - charge // 4)}*HC:{procedure}**1"
            yield from (f"CAS*CO*45*{_dollars(charge // 4)}", "DTP*573*D8*20260112")


def write_answer(path: Path, benefits: int) -> None:
    """Write a 271 about one subscriber with so many benefits, each with a date and a message."""
    rows = [
        "ST*271*0001*005010X279A1", "BHT*0022*11*Q1*20260210*0915", "HL*1**20*1",
        "NM1*PR*2*EXAMPLE MUTUAL*****PI*12345", "HL*2*1*21*1", "NM1*1P*2*JUNIPER FAMILY PRACTICE*****XX*1234567893",
        "HL*3*2*22*0",
        "NM1*IL*1*OKAFOR*NIA****MI*W22334455", "DMG*D8*19580714*F", "EB*1**30*CI*GOLD PPO",
    ]  # fmt: skip
    for number in range(benefits - 1):
        rows += [f"EB*B*IND*98^{number % 99:02}*CI**27*{number}.5*****Y", "DTP*291*D8*20260101", "MSG*PER VISIT"]
    rows.append(f"SE*{len(rows) + 1}*0001")
    head = [_ISA + "GS*HB*A1*B1*20260210*0915*1*X*005010X279A1"]
    path.write_text("~".join([*head, *rows, "GE*1*1", "IEA*1*000000001"]) + "~", encoding="ascii")


def _dollars(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}".rstrip("0").rstrip(".") if amount % 100 else str(amount // 100)
