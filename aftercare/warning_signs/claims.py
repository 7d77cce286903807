"""What the seed texts claim about microneedling, and where the product keeps each claim.

The seed texts carry no references; `sources` holds what was read besides. Rules name
the claims that they stand for, so a claim can be followed from here into the code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim in our own words, and where it lives."""

    id: str
    text: str
    where: str


CLAIMS: tuple[Claim, ...] = (
    Claim("S01", "Redness is a usual effect and passes.", "redness; the RED rules"),
    Claim("S02", "Swelling is a usual effect and passes.", "swelling; the SWELL rules"),
    Claim("S03", "A little discomfort is usual.", "pain; the PAIN rules"),
    Claim(
        "S04",
        "Slight irritation straight after the treatment is usual.",
        "itch, peeling and bruising; PEEL, BLEED-LATE",
    ),
    Claim(
        "S05",
        "The usual effects belong to healing and are gone within days.",
        "expected course; RED-PERSIST, RED-LATE, PAIN-LINGER, ABOVE-EXPECTED",
    ),
    Claim(
        "S06",
        "The treatment is on the whole safe and does what it should.",
        "words of the levels: calm, no alarm",
    ),
    Claim(
        "S07",
        "Swollen lymph nodes are not a typical result.",
        "expected course, last sentence; LN-ALONE, LN-KNOWN",
    ),
    Claim(
        "S08",
        "Swollen nodes usually mean infection, inflammation or another condition.",
        "lymph_nodes, help text; LN-ALONE",
    ),
    Claim(
        "S09",
        "Someone with swollen nodes should talk to a professional soon.",
        "LN-ALONE at PROMPT",
    ),
    Claim(
        "S10",
        "Nodes can come from an allergy, from an infection at the site, "
        "or from something else.",
        "LN-ATYP, LN-PERSIST, COLD-SORE; text for the clinic",
    ),
    Claim(
        "S11",
        "Nodes matter more together with fever, tiredness or pain in one place.",
        "LN-PLUS, TIRED; temperature and fatigue",
    ),
    Claim(
        "S12",
        "Finding and treating a problem early prevents worse.",
        "review targets; MISSED",
    ),
    Claim(
        "S13",
        "Nodes can show that the immune system answers the treatment.",
        "SYSTEMIC, LN-PLUS; joint_pain, rash_elsewhere",
    ),
    Claim(
        "S14",
        "Infection is a rare complication.",
        "FEVER, PUS, PUSTULES, INFECT-CLUSTER, BLISTERS; the emergency rules",
    ),
    Claim("S15", "Scarring is a rare complication.", "SCAR, SKIN-DAMAGE"),
    Claim("S16", "Darkening of the skin is a rare complication.", "PIGMENT"),
    Claim(
        "S17",
        "Swelling that stays needs a professional at once.",
        "SWELL-PERSIST at URGENT, SWELL-LATE, SWELL-RISE",
    ),
    Claim(
        "S18",
        "Severe pain needs a professional at once.",
        "PAIN-SEVERE at URGENT, PAIN-PERSIST",
    ),
    Claim(
        "S19",
        "Signs of infection such as pus or fever need a professional at once.",
        "PUS and FEVER at URGENT, RED-SPREAD",
    ),
    Claim(
        "S20",
        "A device that is not sterile can bring germs in.",
        "sterile_single_use; UNSTERILE; high risk",
    ),
    Claim(
        "S21",
        "An allergy to products used during or after, such as numbing creams and "
        "serums, can inflame the skin and swell nodes.",
        "products; HIVES, ANGIO, DERM, NUMBING, BREATHING",
    ),
    Claim(
        "S22",
        "Immune conditions make people more open to trouble; even slight irritation "
        "can set off a strong answer, nodes included.",
        "risk_factors; high risk; step-up",
    ),
    Claim(
        "S23",
        "An experienced practitioner with strict hygiene lowers the risk.",
        "practitioner and setting in the procedure record",
    ),
    Claim("S24", "Keep the area clean.", "aftercare list: clean; not_cleaned"),
    Claim("S25", "Keep it moist.", "aftercare list: moisturise; not_moisturised"),
    Claim("S26", "Stay away from irritants.", "aftercare list; irritant_product"),
    Claim("S27", "Stay out of direct sun.", "aftercare list; direct_sun"),
    Claim(
        "S28",
        "Use gentle products that the clinic recommends.",
        "aftercare list; unapproved_product",
    ),
    Claim(
        "S29",
        "Watch the skin for anything unusual, for infection and for allergy.",
        "the daily log; WORSE, TEXT, PAIN-RISE, RED-RISE, NO-LOGS",
    ),
    Claim(
        "S30",
        "Follow what the practitioner told you.",
        "aftercare list: the clinic's own advice comes first",
    ),
    Claim("S31", "Keep good skin hygiene afterwards.", "aftercare list: clean hands"),
    Claim(
        "S32",
        "Ask a professional when worried or when anything is unusual.",
        "CONTACT; every advice text says when to call",
    ),
    Claim(
        "S33",
        "The texts contradict themselves: no germs are brought in, yet an unsterile "
        "device can infect. The second is used.",
        "UNSTERILE; infection rules",
    ),
    Claim(
        "S34",
        "The treatment makes tiny wounds so that the skin builds collagen and elastin.",
        "explained to patients by the clinic",
    ),
    Claim(
        "S35",
        "Lymph nodes are small filters of the immune system.",
        "lymph_nodes, help text",
    ),
    Claim(
        "S36", "Aftercare can soften the usual effects.", "aftercare list; AFTERCARE"
    ),
)

BY_ID = {claim.id: claim for claim in CLAIMS}
