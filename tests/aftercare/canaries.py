"""Words that no message may hold, in each language: procedures, symptoms, body, levels.

The beginnings of words, so that every ending is found. Marks may be missing, as they are
in a text message.
"""

from __future__ import annotations

import re

from aftercare.languages import Language

ENGLISH = (
    r"microneedl\w*|laser|peel\w*|needl\w*|treatment|procedure|acne|skin|scar\w*|"
    r"face|neck|gland\w*|fever\w*|pain\w*|red\w*|swell\w*|swollen|pus|blister\w*|"
    r"rash|wound\w*|infect\w*|symptom\w*|sign|signs|flag\w*|recover\w*|heal\w*|"
    r"emergency|urgent\w*|prompt|watch|level|doctor|nurse|hospital|999|111"
)
SPANISH = (
    r"micro\w*|l[aá]ser\w*|exfolia\w*|aguja\w*|tratamiento\w*|procedimiento\w*|"
    r"operaci\w*|acn[eé]|pieles|piel|cicatri\w*|cara|rostro|cuello|ganglio\w*|"
    r"gl[aá]ndula\w*|fiebre\w*|temperatura\w*|dol(?:or|er)\w*|duel\w*|roj\w*|enroj\w*|"
    r"hincha\w*|inflama\w*|pus|ampolla\w*|erupci\w*|sarpullido\w*|herida\w*|infec\w*|"
    r"s[ií]ntoma\w*|signo\w*|se[nñ]al\w*|alerta\w*|recupera\w*|cura\w*|sana\w*|salud\w*|"
    r"emergencia\w*|urgen\w*|nivel\w*|m[eé]dic\w*|doctor\w*|enferm\w*|hospital\w*|"
    r"999|112|111"
)
POLISH = (
    r"mikro\w*|laser\w*|piling\w*|peeling\w*|ig[lł]\w*|zabieg\w*|leczen\w*|terap\w*|"
    r"operac\w*|tr[aą]dzik\w*|sk[oó]r\w*|blizn\w*|twarz\w*|szyj\w*|w[eę]ze[lł]\w*|"
    r"w[eę]z[lł]\w*|gruczo[lł]\w*|gor[aą]czk\w*|temperatur\w*|b[oó]l\w*|zaczerwien\w*|"
    r"obrz[eę]k\w*|opuchl\w*|rop\w*|p[eę]cherz\w*|wysypk\w*|ran[ay]|zaka[zż]\w*|"
    r"infekc\w*|objaw\w*|oznak\w*|znak\w*|alarm\w*|zdrow\w*|goj\w*|nag[lł]\w*|piln\w*|"
    r"poziom\w*|lekar\w*|doktor\w*|piel[eę]gniar\w*|szpital\w*|999|112|111"
)

CANARIES = {
    language: re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
    for language, listed in (
        (Language.ENGLISH, ENGLISH),
        (Language.SPANISH, SPANISH),
        (Language.POLISH, POLISH),
    )
}
