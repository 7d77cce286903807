"""The messages to patients in Spanish, with usted.

In a text message í, ó, ú and á lose their accent (`letters.py`): words that mean
something else without it, aún for example, are not used.
"""

from __future__ import annotations

from .text import PatientWords, Wording

SPANISH = PatientWords(
    invitation=Wording(
        "{clinic}: ya puede hacer su control diario",
        (
            "{clinic}: ya puede hacer su control diario, {name}. Solo lleva 20 segundos.",
            "{link}",
            "Nunca le pediremos que pague ni que responda.",
        ),
    ),
    sign_in_code=Wording(
        "{clinic}: su código",
        (
            "{clinic}: su código es {code}. Sirve durante {minutes} minutos.",
            "Nunca se lo pediremos por teléfono. Si no ha pedido un código, "
            "no haga caso de este mensaje.",
        ),
    ),
    reminder=Wording(
        "{clinic}: es la hora de su control de hoy",
        (
            "{clinic}: es la hora de su control de hoy.",
            "{link}",
            "Dejar de recibir estos mensajes: {stop}",
        ),
    ),
    nudge=Wording(
        "{clinic}: el control de hoy",
        (
            "{clinic}: todavía no tenemos su control de hoy.",
            "{link}",
            "Dejar de recibir estos mensajes: {stop}",
        ),
    ),
    new_message=Wording(
        "{clinic}: tiene un mensaje nuevo",
        ("{clinic}: tiene un mensaje nuevo.", "{link}"),
    ),
    missed_call=Wording(
        "{clinic} ha intentado llamarle",
        ("{clinic} ha intentado llamarle. Por favor, llame al {phone}.",),
    ),
    your_clinic="Su clínica",
)
