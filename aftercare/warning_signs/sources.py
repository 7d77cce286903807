"""What was read for the rules: a short citation for every tag that a rule names.

"Read" means the source or, where said so, a summary or a copy of it; wording on the live
page may differ. No source gives severity by day and needle depth: the windows are
proposals that sit slightly beyond the longest uncomplicated courses described here.
"""

from __future__ import annotations

SOURCES: dict[str, str] = {
    "AAFP": "American Family Physician 2002;66:2103-10 and 2016;94:896-903, nodes",
    "AAO-HNS": "Neck mass guideline 2017, doi:10.1177/0194599817722550",
    "ACE-HSV": "King M, J Clin Aesthet Dermatol 2017;10:E5-E7, herpes",
    "ARNICA": "Contact dermatitis after needling with arnica, PubMed 28877153",
    "ASEPSIS": "ASEPSIS wound score, J Cardiothorac Surg 1:15, table 1",
    "BERLINER": "M. chelonae after fractional laser, J Drugs Dermatol 2015",
    "CHELWEST": "Chelsea and Westminster Hospital, microneedling leaflets",
    "CHU": "Chu S et al., Dermatol Surg 2021;47:1249-1254, 85 articles, 2,805 patients",
    "CMAC-HSV": "Vaghela D et al., J Clin Aesthet Dermatol 2021;14(6 Suppl):S11, herpes",
    "EXO-NEC": "Skin necrosis after exosomes, doi:10.1111/jocd.16206",
    "FDA-RF": "FDA safety communication on RF microneedling, 15 October 2025 (via press)",
    "FRIEDMANN": "Granulomas, 13 studies, doi:10.1097/DSS.0000000000004450",
    "GEIZHALS": "Acute neck nodes after needling, doi:10.1111/jocd.12772 (abstract)",
    "LASER-HSV": "Laser adverse event protocol, herpes (clinic page)",
    "LAST": "Lidocaine toxicity, dermatologytimes.com",
    "MMWR": "HIV after reused equipment, MMWR 2024;73:372-376",
    "NHS-ANA": "nhs.uk, anaphylaxis",
    "NHS-CELL": "nhs.uk, cellulitis (copies)",
    "NHS-FEVER": "nhs.uk, high temperature in adults (copies)",
    "NHS-GLANDS": "111.wales.nhs.uk and nidirect.gov.uk, swollen glands",
    "NHSI-FEVER": "NHS inform, fever in adults",
    "NHSN": "CDC NHSN, surgical site infection criteria and questions",
    "NICE-CELL": "NICE NG141, cellulitis (summary)",
    "NICE-SEPSIS": "NICE NG51 and NG254, could this be sepsis",
    "NRS": "Pain 0-10 cut-offs, PubMed 16414555 and PMC5043012",
    "NTM-ZENG": "Zeng R et al., Infect Drug Resist 2025;18:2301-2309, mycobacteria",
    "ORBIT": "Orbital cellulitis, rcemlearning.co.uk and timeofcare.com",
    "PRESEPTAL": "Preseptal cellulitis after microblading, PMC8441103",
    "RF-31": "Chandrashekar BS et al., 2014, PMC4134659, RF, n=31",
    "RF-44": "Navyadevi U et al., doi:10.25259/jcas_175_23, RF, n=44",
    "RF-BURN": "Chung and Lee, Med Lasers 2015;4:16-19, RF burns",
    "RF-SUM": "Seven RF studies, summary at acne.org (secondary)",
    "RF-TEWL": "Wu X et al., Dermatol Ther 2022, skin barrier after RF, n=20",
    "SEPSIS-TRUST": "Adult sepsis safety net, via patient.info",
    "SKINPEN": "SkinPen manual, page 5, and De Novo DEN160029",
    "SKINPEN-SITES": "Leaflets of four clinics for the same device",
    "SOLTANI": "JAMA Dermatol 2014;150:68-72, vitamin C and systemic reactions",
    "VARICELLA": "Varicella scars, skin type V, 1.5 mm roller (copy)",
    "WU-EH": "Wu R et al., Clin Cosmet Investig Dermatol 2022;15:653-655 (abstract)",
}
"""Tag to citation, in alphabetical order."""
