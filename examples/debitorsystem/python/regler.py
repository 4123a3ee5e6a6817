"""Hvad hver handlingstype gør, i hele øre på almindelige dicts: debitorsystemets egen sag og ikke adapterens.

Renter og gebyrer er udeladt.
"""

STOERST = 9_999_999_999_999  # 11 digits before the decimal point and 2 after it
AABNE = ("AABEN", "SAT_I_BERO", "TIL_INDDRIVELSE")
TEKSTER = {
    "DA-103": "En parameter mangler eller er ugyldig",
    "DA-106": "Den samme fordring står på begge sider",
    "DA-201": "Debitorkontoen findes ikke",
    "DA-202": "Fordringen findes ikke under debitorkontoen",
    "DA-203": "Debitorkontoen eller fordringen er ikke i en tilstand, hvor det kan udføres",
    "DA-204": "Beløbet er større, end der er dækning for, eller resultatet kan ikke rummes",
    "EKS-001": "Handlingstypen kendes ikke i denne variant eller for denne objekttype",
}


class Afvist(Exception):
    """Intet af det må gemmes: af hele kommandoen, eller af det, der gjaldt én fordring."""

    def __init__(self, *koder):
        self.fejl = [{"kode": kode, "tekst": TEKSTER[kode]} for kode in koder]


def kraev(betingelse, *koder):
    if not betingelse:
        raise Afvist(*koder)


def oere(tekst):
    return int(tekst.replace(".", ""))  # Skemaet lover to decimaler.


def kroner(beloeb):
    return f"{'-' if beloeb < 0 else ''}{abs(beloeb) // 100}.{abs(beloeb) % 100:02d}"


def aaben(fordring):
    return fordring["restbeloeb"] > 0 and fordring["tilstand"] in AABNE


def aabne(konto):
    return sorted(filter(aaben, konto["fordringer"].values()), key=lambda f: (f["forfaldsdato"], f["identifikator"]))


def linje(fordring, beloeb=None, fejl=None):
    """Det, der siges om én fordring: gennemført, eller afvist, når der er en fejl."""
    sagt = {"fordring": fordring["identifikator"], "resultat": "AFVIST" if fejl else "GENNEMFOERT"}
    if fejl:
        return sagt | {"fejl": fejl}
    return sagt if beloeb is None else sagt | {"beloeb": kroner(beloeb)}


def aendr(fordring, **aendringer):
    """Lægger til beløb. En fordring, der intet skylder mere, er udlignet; en, der skylder igen, er åben igen."""
    for felt, beloeb in aendringer.items():
        fordring[felt] += beloeb
    if fordring["restbeloeb"] == 0:
        fordring["tilstand"] = "UDLIGNET"
    elif fordring["tilstand"] == "UDLIGNET":
        fordring["tilstand"] = "AABEN"


def fordel(fordringer, beloeb, plads, fortegn):
    """Flytter indtil et beløb i fordringernes rækkefølge; giver linjerne og det, der er tilbage af beløbet."""
    linjer = []
    for fordring in fordringer:
        if (flyttet := min(beloeb, plads(fordring))) > 0:
            aendr(fordring, betalt=fortegn * flyttet, restbeloeb=-fortegn * flyttet)
            linjer.append(linje(fordring, flyttet))
            beloeb -= flyttet
    return linjer, beloeb


def flyt(fra, til, beloeb):
    hentet, _ = fordel(fra, beloeb, lambda f: f["betalt"], -1)
    betalt, rest = fordel(til, beloeb, lambda f: f["restbeloeb"] if aaben(f) else 0, 1)
    return hentet + betalt, rest


def positivt(parametre):
    kraev(oere(parametre.get("beloeb", "0.00")) > 0, "DA-103")
    return oere(parametre["beloeb"])


def aendr_tilstand(fordring, parametre):
    oensket = [p["vaerdi"] for p in parametre["parametre"] if p["navn"] == "Tilstand"]
    kraev(len(oensket) == 1 and oensket[0] in AABNE, "DA-103")
    fordring["tilstand"] = oensket[0]


def reguler(fordring, aendring):
    kraev(fordring["restbeloeb"] + aendring >= 0 and fordring["beloeb"] + aendring <= STOERST, "DA-204")
    aendr(fordring, beloeb=aendring, restbeloeb=aendring)
    return abs(aendring)


def luk(fordring, tilstand):
    rest = fordring["restbeloeb"]
    fordring.update(restbeloeb=0, tilstand=tilstand)
    return rest


def henstand(fordring, parametre):
    kraev("virkningDato" in parametre, "DA-103")
    kraev(parametre["virkningDato"] > fordring["forfaldsdato"], "DA-203")
    fordring["forfaldsdato"] = parametre["virkningDato"]


def omposter(parametre, _konti, valgt):
    fra, til = valgt
    beloeb = positivt(parametre)
    kraev(not any(f is t for f in fra for t in til), "DA-106")
    kraev(min(sum(f["betalt"] for f in fra), sum(f["restbeloeb"] for f in til)) >= beloeb, "DA-204")
    return flyt(fra, til, beloeb)[0]


def udlign(_parametre, konti, _valgt):
    fra, til = konti
    kraev(fra["kredit"] > 0, "DA-204")
    kraev(aabne(til), "DA-203")
    linjer, fra["kredit"] = flyt([], aabne(til), fra["kredit"])
    return linjer


def overfoer_indbetaling(_parametre, konti, valgt):
    fra, til = konti
    kraev(not any(f is t for f in valgt[0] for t in valgt[1]), "DA-106")
    beloeb = sum(f["betalt"] for f in valgt[0]) if valgt[0] else fra["kredit"]
    kraev(beloeb > 0, "DA-204")
    fra["kredit"] -= 0 if valgt[0] else beloeb
    linjer, rest = flyt(*valgt, beloeb)
    til["kredit"] += rest
    kraev(til["kredit"] <= STOERST, "DA-204")
    return linjer


def overfoer_fordring(_parametre, konti, _valgt):
    fra, til = konti
    kraev(aabne(fra), "DA-203")
    linjer = []
    for fordring in aabne(fra):
        optaget = fordring["identifikator"] in til["fordringer"]
        linjer.append(linje(fordring, fordring["restbeloeb"], Afvist("DA-203").fejl if optaget else None))
        if not optaget:
            til["fordringer"][fordring["identifikator"]] = fra["fordringer"].pop(fordring["identifikator"])
    return linjer


def afslut_konto(_parametre, konti, _valgt):
    kraev(not aabne(konti[0]), "DA-203")
    konti[0]["tilstand"] = "LUKKET"
    return []


PAA_HVER = {
    "AENDR_TILSTAND": aendr_tilstand,
    "NEDSKRIV": lambda fordring, parametre: reguler(fordring, -positivt(parametre)),
    "OPSKRIV": lambda fordring, parametre: reguler(fordring, positivt(parametre)),
    "TILBAGEKALD": lambda fordring, _: luk(fordring, "TILBAGEKALDT"),
    "AFSKRIV": lambda fordring, _: luk(fordring, "AFSKREVET"),
    "HENSTAND": henstand,
}
PAA_KONTI = {
    ("OMPOSTER", 4): omposter,
    ("UDLIGN", 3): udlign,
    ("OVERFOER_INDBETALING", 3): overfoer_indbetaling,
    ("OVERFOER_INDBETALING", 4): overfoer_indbetaling,
    ("OVERFOER_FORDRING", 3): overfoer_fordring,
    ("AFSLUT_KONTO", 1): afslut_konto,
}


def vaelg(kommando, find_konto):
    """Kommandoens debitorkonti og de fordringer, den nævner på hver; afviser det, der mangler eller er lukket."""
    handling = kommando["handling"]
    kode, variant = kommando["handlingstype"], handling["variant"]
    kraev((kode, variant) in PAA_KONTI or (kode in PAA_HVER and variant in (1, 2)), "EKS-001")
    kraev(kommando["objektType"] not in ("RENTE", "GEBYR"), "EKS-001")
    sider = [handling] if variant in (1, 2) else [handling["fra"], handling["til"]]
    sider = [{"debitorkonto": side} if isinstance(side, str) else side for side in sider]
    konti = [find_konto(side["debitorkonto"]) for side in sider]
    kraev(None not in konti, *["DA-201" for konto in konti if konto is None])
    if variant == 4 and sider[0]["debitorkonto"] == sider[1]["debitorkonto"]:
        konti[1] = konti[0]
    kraev(all(konto["tilstand"] == "AABEN" for konto in konti), "DA-203")
    valgt = [[konto["fordringer"].get(i) for i in side.get("fordringer", [])] for konto, side in zip(konti, sider)]
    mangler = ["DA-202" for side in valgt for fordring in side if fordring is None]
    kraev(not mangler, *mangler)
    return konti, valgt


def udfoer(kommando, konti, valgt):
    """Udfører det, som `vaelg` har sluppet igennem. Giver en linje for hver fordring, også de afviste."""
    kode, variant, parametre = kommando["handlingstype"], kommando["handling"]["variant"], kommando["parametre"]
    if (kode, variant) in PAA_KONTI:
        return PAA_KONTI[kode, variant](parametre, konti, valgt)
    fordringer = valgt[0] if variant == 2 else aabne(konti[0])
    kraev(fordringer, "DA-203")
    linjer = []
    for fordring in fordringer:
        try:
            kraev(aaben(fordring), "DA-203")
            linjer.append(linje(fordring, PAA_HVER[kode](fordring, parametre)))
        except Afvist as afvist:
            linjer.append(linje(fordring, fejl=afvist.fejl))
    return linjer
