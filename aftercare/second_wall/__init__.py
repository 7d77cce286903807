"""The second wall: PostgreSQL itself shows a request no row of another clinic.

The first wall is that every row is reached through the person signed in. Should a query
forget to ask for the clinic, row-level security still answers with its own rows alone.
`plan` says what each table allows, `building` makes the database so, `standing` raises
the wall around a request.
"""

ROLE = "aftercare_web"
"""Whom a request becomes: may not sign in, owns nothing, is held by the policies."""

CLINIC = "aftercare.clinic"
"""The name under which a transaction keeps the key of its clinic."""
