"""Headers that are understood, folded: English, German, Spanish and French lists, Google Contacts, Outlook, our own."""

from __future__ import annotations

import re

_SAID = {
    "name": "name|full name|participant|participant name|client|client name|person|display name|file as name|"
    "vollstandiger name|ganzer name|nombre completo|nombre y apellidos|nom complet|nom et prenom|contact name|"
    "member name|consumer name|peer name|patient name|patient|teilnehmer|teilnehmerin|participante|participant e",
    "preferred_name": "preferred name|preferred|goes by|known as|called|chosen name|name used|rufname|"
    "gewunschter name|nombre preferido|nombre elegido|nom d'usage|nom prefere|prenom d'usage",
    "last_first": "name (last, first)|last, first|last name, first name|name, vorname|nachname, vorname|"
    "apellidos, nombre|nom, prenom",
    "first_name": "first name|first|firstname|given name|given|forename|fname|vorname|nombre|nombres|"
    "primer nombre|prenom|prenoms",
    "middle_name": "middle name|middle|middlename|additional name|mi|middle initial|mname|zweiter vorname|"
    "segundo nombre|deuxieme prenom|second prenom",
    "last_name": "last name|last|lastname|surname|family name|lname|nachname|familienname|zuname|apellido|apellidos|"
    "primer apellido|nom|nom de famille",
    "name_suffix": "name suffix|suffix",
    "legal_name": "legal name|legal full name|name on id|rechtlicher name|amtlicher name|nombre legal|nom legal|"
    "nom de naissance",
    "also_called": "also called (one a line)|also called|alias|aliases|aka|a.k.a.|nickname|nick name|nicknames|"
    "other names|spitzname|spitznamen|apodo|sobrenombre|surnom|alias(es)",
    "pronouns": "pronouns|pronoun|pronomen|pronombres|pronombre|pronoms|pronom",
    "born": "born|birth date|birthdate|date of birth|dob|d.o.b.|birthday|birth day|birth year|year of birth|"
    "geburtsdatum|geburtstag|geb.|geb.-datum|geb. datum|geboren|geboren am|geburtsjahr|fecha de nacimiento|"
    "nacimiento|f. nac.|fecha nac.|cumpleanos|date de naissance|naissance|ne(e) le|anniversaire",
    "age": "age|alter|edad|age (years)",
    "birth_precision": "birth date is",
    "id": "id|external id|client id|participant id|member id|patient id|consumer id|case id|record id|id number|"
    "client number|case number|client no|client no.|case no|case no.|mrn|medical record number|chart number|"
    "hmis id|ehr id|klientennummer|klienten-nr.|klienten-nr|kundennummer|fallnummer|aktenzeichen|"
    "numero de cliente|numero de expediente|expediente|no. de expediente|numero client|numero de dossier|dossier|"
    "n° dossier|identifiant",
    "other_id": "other id|medicaid id|medicaid number|ssn last 4",
    "phone": "phone|phone number|telephone|telephone number|tel|tel.|contact number|contact phone|phone no|phone no.|"
    "telefon|telefonnummer|rufnummer|telefono|numero de telefono|numero de telephone",
    "email": "email|e-mail|email address|e-mail address|mail|e-mail-adresse|email-adresse|mailadresse|"
    "correo|correo electronico|courriel|adresse e-mail|adresse mail",
    "address": "address|full address|mailing address|home address|current address|adresse|anschrift|direccion|"
    "domicilio|adresse postale",
    "street": "street|street address|address 1|address line 1|address line 2|address 2|address1|address2|strasse|"
    "str.|calle|rue",
    "city": "city|town|ort|stadt|wohnort|ciudad|municipio|ville|commune",
    "region": "state|province|county|region|state/province|bundesland|kanton|provincia|estado|departement",
    "postcode": "zip|zip code|zipcode|postal code|postcode|plz|postleitzahl|codigo postal|cp|code postal",
    "country": "country|land|pais|pays",
    "person": "emergency contact|emergency contact name|emergency person|emergency name|notfallkontakt|"
    "contacto de emergencia|contact d'urgence|personne a prevenir",
    "person_relation": "emergency contact relation|emergency contact relationship|emergency relationship|"
    "relationship to client|relation to client|relationship|beziehung|parentesco|lien de parente",
    "person_phone": "emergency phone|emergency contact phone|emergency contact number|emergency number|"
    "notfallnummer|telefono de emergencia|telephone d'urgence",
    "language": "languages (one a line)|language|languages|primary language|preferred language|spoken language|"
    "languages spoken|home language|sprache|sprachen|muttersprache|idioma|idiomas|lengua|langue|langues",
    "strength": "strengths (one a line)|strength|strengths|starken|fortalezas|forces|points forts",
    "goal": "goals (one a line)|goal|goals|ziel|ziele|meta|metas|objetivos|objectif|objectifs",
    "about": "in their own words|about|how to describe them|self-description|selbstbeschreibung",
    "part2": "42 cfr part 2|part 2|covered by part 2|42 cfr part 2 covered",
    "safe_to_call": "safe to call|ok to call|okay to call|may call|can call",
    "safe_to_leave_voicemail": "safe to leave voicemail|ok to leave voicemail|voicemail ok|ok to leave message|"
    "safe to leave a voicemail|okay to leave voicemail|leave voicemail",
    "safe_to_text": "safe to text|ok to text|okay to text|may text|can text|text ok|texting ok",
}
_LABELLED = {
    "phone": {
        "mobile": "mobile|mobile phone|mobile number|cell|cell phone|cellphone|cell number|cellular|handy|handynummer|"
        "mobil|mobiltelefon|movil|celular|telefono movil|portable|telephone portable|mobile phone 2",
        "home": "home phone|home telephone|home number|home phone 2|telefon privat|privat|festnetz|telefono de casa|"
        "telefono fijo|telephone fixe|domicile",
        "work": "work phone|business phone|business phone 2|work number|telefon geschaftlich|telefono del trabajo|"
        "telephone professionnel",
        "other": "other phone|primary phone|alternate phone|second phone|phone 2|phone2|alt phone|car phone",
    },
    "person": {"spouse": "spouse|partner", "next of kin": "next of kin"},
    "email": {"": "e-mail 2 address|e-mail 3 address|email 2 address|email 3 address|email 2|email2|e-mail 2"},
}

PLAIN: dict[str, tuple[str, str]] = {
    header: (field, "") for field, headers in _SAID.items() for header in headers.split("|")
} | {
    header: (field, label)
    for field, labels in _LABELLED.items()
    for label, headers in labels.items()
    for header in headers.split("|")
}
"""By folded header, the field's word and what the header says of the value."""

_ADDRESS_PARTS = {
    "street": "street",
    "street 2": "street",
    "street 3": "street",
    "extended address": "street",
    "address po box": "street",
    "po box": "street",
    "city": "city",
    "region": "region",
    "state": "region",
    "postal code": "postcode",
    "country": "country",
    "country/region": "country",
}
NUMBERED: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = (
    (
        re.compile(r"(?P<group>phone \d{1,3}) - (?P<what>\w+)"),
        {"value": "phone", "label": "contact_label", "type": "contact_label"},
    ),
    (
        re.compile(r"(?P<group>e-?mail \d{1,3}) - (?P<what>\w+)"),
        {"value": "email", "label": "contact_label", "type": "contact_label"},
    ),
    (
        re.compile(r"(?P<group>address \d{1,3}) - (?P<what>[\w ]+)"),
        {"value": "address", "formatted": "address", "label": "contact_label", "type": "contact_label"}
        | _ADDRESS_PARTS,
    ),
    (
        re.compile(r"(?P<group>relation \d{1,3}) - (?P<what>\w+)"),
        {"value": "person", "label": "person_relation", "type": "person_relation"},
    ),
    (re.compile(r"(?P<group>nickname \d{1,3}) - (?P<what>\w+)"), {"value": "also_called"}),
    (re.compile(r"(?P<group>language \d{1,3}) - (?P<what>\w+)"), {"value": "language"}),
    (
        re.compile(r"(?P<group>contact \d{1,3}) (?P<what>[\w ]+)"),
        {
            "kind": "contact_kind",
            "value": "contact",
            "label": "contact_label",
            "remark": "contact_remark",
            "safe to call": "safe_to_call",
            "safe to leave voicemail": "safe_to_leave_voicemail",
            "safe to text": "safe_to_text",
        },
    ),
    (
        re.compile(r"(?P<group>person \d{1,3}) (?P<what>\w+)"),
        {
            "name": "person",
            "relation": "person_relation",
            "phone": "person_phone",
            "emergency": "person_emergency",
            "remark": "person_remark",
        },
    ),
    (
        re.compile(r"(?P<group>other id \d{1,3}) (?P<what>\w+)"),
        {"value": "other_id", "label": "other_id_label"},
    ),
    (
        re.compile(r"(?P<group>custom \d{1,3}) (?P<what>\w+)"),
        {"question": "custom_label", "answer": "custom"},
    ),
)
"""Columns in numbered groups, as Google Contacts, our own files and cards have them."""
GROUPED: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = (
    # Outlook: Home Street, Home City, …
    (re.compile(r"(?P<group>(?P<label>home|business|work|other|mailing)) (?P<what>[\w /]+)"), _ADDRESS_PARTS),
)
