"""Et lille debitorsystem bag debitor-adapters backend `http`: Python 3.11 og standardbiblioteket.

Tre dele: hvad handlingstyperne gør (dets egen sag), journalen, så en nøgle har én virkning, også når processen dør, og
HTTPS i begge retninger, hvor begge viser et certifikat. Beløb er hele øre. Renter og gebyrer er udeladt.
"""

import copy
import json
import os
import ssl
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STOERST = 9_999_999_999_999  # 11 cifre før kommaet og 2 efter
AABNE = ("AABEN", "SAT_I_BERO", "TIL_INDDRIVELSE")
LUKKET_AF = {"TILBAGEKALD": "TILBAGEKALDT", "AFSKRIV": "AFSKREVET"}
VARIANTER = dict.fromkeys(["AENDR_TILSTAND", "NEDSKRIV", "OPSKRIV", "HENSTAND", *LUKKET_AF], (1, 2)) | {"OMPOSTER": (4,)}
VARIANTER |= {"AFSLUT_KONTO": (1,), "UDLIGN": (3,), "OVERFOER_FORDRING": (3,), "OVERFOER_INDBETALING": (3, 4)}
TEKSTER = {
    "DA-103": "En parameter mangler eller er ugyldig",
    "DA-201": "Debitorkontoen findes ikke",
    "DA-202": "Fordringen findes ikke under debitorkontoen",
    "DA-203": "Debitorkontoen eller fordringen er ikke i en tilstand, hvor det kan udføres",
    "DA-204": "Beløbet er større, end der er dækning for, eller resultatet kan ikke rummes",
    "EKS-001": "Handlingstypen kendes ikke i denne variant eller for denne objekttype",
}
STATUS = {"udfoert": 200, "accepteretTilSenere": 202, "afvist": 422, "aldrigSet": 404, "ikkeUdfoert": 401}


class Afvist(Exception):
    def __init__(self, *koder):
        self.fejl = [{"kode": kode, "tekst": TEKSTER[kode]} for kode in koder]


def kraev(betingelse, *koder):
    if not betingelse:
        raise Afvist(*koder)


def oere(tekst):
    return int(tekst.replace(".", ""))  # Skemaet lover to decimaler.


def linje(fordring, fejl=None):
    resultat = {"resultat": "AFVIST", "fejl": fejl} if fejl else {"resultat": "GENNEMFOERT"}
    return {"fordring": fordring["identifikator"]} | resultat


def betalt(fordring):
    return fordring["beloeb"] - fordring["restbeloeb"]


def skyldes(fordring):
    return fordring["restbeloeb"] if fordring["tilstand"] in AABNE else 0


def aabne(konto):
    return sorted(filter(skyldes, konto["fordringer"].values()), key=lambda f: (f["forfaldsdato"], f["identifikator"]))


def paa_fordring(kode, parametre, beloeb, fordring):
    try:
        kraev(skyldes(fordring), "DA-203")
        if kode == "AENDR_TILSTAND":
            oensket = {p["navn"]: p["vaerdi"] for p in parametre["parametre"]}.get("Tilstand")
            kraev(oensket in AABNE, "DA-103")
            fordring["tilstand"] = oensket
        elif kode == "HENSTAND":
            kraev("virkningDato" in parametre, "DA-103")
            kraev(parametre["virkningDato"] > fordring["forfaldsdato"], "DA-203")
            fordring["forfaldsdato"] = parametre["virkningDato"]
        elif kode in LUKKET_AF:
            fordring["tilstand"] = LUKKET_AF[kode]
        else:
            aendring = beloeb if kode == "OPSKRIV" else -beloeb
            kraev(fordring["restbeloeb"] + aendring >= 0 and fordring["beloeb"] + aendring <= STOERST, "DA-204")
            fordring |= {"beloeb": fordring["beloeb"] + aendring, "restbeloeb": fordring["restbeloeb"] + aendring}
        return linje(fordring)
    except Afvist as afvist:
        return linje(fordring, afvist.fejl)


def flyt(fordringer, beloeb, kan_flyttes, fortegn):
    """Flytter indtil et beløb i fordringernes rækkefølge; giver linjerne og det, der ikke kunne flyttes."""
    linjer = []
    for fordring in fordringer:
        if (flyttes := min(beloeb, kan_flyttes(fordring))) > 0:
            fordring["restbeloeb"] += fortegn * flyttes
            linjer.append(linje(fordring))
            beloeb -= flyttes
    return linjer, beloeb


def mellem_konti(kode, beloeb, fra, til, fra_valgt, til_valgt):
    if kode == "OVERFOER_FORDRING":
        linjer = []
        kraev(aabne(fra), "DA-203")
        for fordring in aabne(fra):
            optaget = til["fordringer"].setdefault(fordring["identifikator"], fordring) is not fordring
            linjer.append(linje(fordring, Afvist("DA-203").fejl if optaget else None))
            if not optaget:
                del fra["fordringer"][fordring["identifikator"]]
        return linjer
    modtagere = aabne(til) if kode == "UDLIGN" else til_valgt
    kraev(kode != "UDLIGN" or modtagere, "DA-203")
    haves = sum(map(betalt, fra_valgt)) if fra_valgt else fra["kredit"]
    beloeb = beloeb if kode == "OMPOSTER" else haves
    kraev(0 < beloeb <= haves, "DA-204")
    hentet, af_kredit = flyt(fra_valgt, beloeb, betalt, 1)
    betalte, rest = flyt(modtagere, beloeb, skyldes, -1)
    kraev(kode != "OMPOSTER" or rest == 0, "DA-204")
    fra["kredit"] -= af_kredit
    (fra if kode == "UDLIGN" else til)["kredit"] += rest
    kraev(til["kredit"] <= STOERST, "DA-204")
    return hentet + betalte


class Konti:
    """Debitorkontiene i hukommelsen. De samme kommandoer i den samme rækkefølge gør det samme ved dem."""

    def __init__(self, data):
        self.konti, self.opkraevningskonti = {}, {}
        for konto in data["debitorkonti"]:
            for f in konto["fordringer"]:
                f |= {"beloeb": oere(f["beloeb"]), "restbeloeb": oere(f["restbeloeb"])}
                f["tilstand"] = f["tilstand"].replace("UDLIGNET", "AABEN")  # Det ses af restbeløbet.
            konto["fordringer"] = {f["identifikator"]: f for f in konto["fordringer"]}
            konto |= {"lukket": konto.get("tilstand") == "LUKKET", "kredit": oere(konto.get("kredit", "0.00"))}
            self.konti[konto["fagsystem"], konto["myndighed"], konto["identifikator"]] = konto

    def udfald(self, kommando):
        if kommando["art"] == "kontantIndbetaling":
            kunde = kommando["kundeType"], kommando["kundeNummer"]
            self.opkraevningskonti[kunde] = self.opkraevningskonti.get(kunde, 0) + oere(kommando["beloeb"])
            return {"art": "udfoert"}
        proeve = self.svar(kommando, gem=False)
        if kommando["svarform"] == "SENERE" and proeve["status"] != "AFVIST":
            return {"art": "accepteretTilSenere"}
        if proeve["status"] == "GENNEMFOERT":  # STRAKS er alt eller intet.
            return {"art": "udfoert", "resultat": self.svar(kommando)["resultat"]}
        linjer = proeve.get("resultat", {"fordringer": []})["fordringer"]
        return {"art": "afvist", "fejl": proeve.get("fejl") or [en for linje in linjer for en in linje.get("fejl", [])]}

    def svar(self, kommando, gem=True):
        try:
            kopier, linjer = self.paa_kopier(kommando)
        except Afvist as afvist:
            return {"status": "AFVIST", "fejl": afvist.fejl}
        self.konti |= kopier if gem else {}
        resultater = {linje["resultat"] for linje in linjer} or {"GENNEMFOERT"}
        status = resultater.pop() if len(resultater) == 1 else "DELVIST_GENNEMFOERT"
        return {"status": status, "resultat": {"fordringer": linjer}}

    def paa_kopier(self, kommando):
        kode, handling, parametre = kommando["handlingstype"], kommando["handling"], kommando["parametre"]
        kraev(handling["variant"] in VARIANTER.get(kode, ()), "EKS-001")
        kraev(kommando["objektType"] not in ("RENTE", "GEBYR"), "EKS-001")
        sider = [handling] if handling["variant"] in (1, 2) else [handling["fra"], handling["til"]]
        sider = [{"debitorkonto": side} if isinstance(side, str) else side for side in sider]
        noegler = [(kommando["fagsystem"], kommando["myndighed"], side["debitorkonto"]) for side in sider]
        kraev(set(noegler) <= self.konti.keys(), *["DA-201" for noegle in noegler if noegle not in self.konti])
        kopier = {noegle: copy.deepcopy(self.konti[noegle]) for noegle in noegler}
        konti = [kopier[noegle] for noegle in noegler]
        kraev(not any(konto["lukket"] for konto in konti), "DA-203")
        valgt = [[konto["fordringer"].get(i) for i in side.get("fordringer", [])] for konto, side in zip(konti, sider)]
        ukendte = ["DA-202" for fordringer in valgt for fordring in fordringer if fordring is None]
        kraev(not ukendte, *ukendte)
        beloeb = oere(parametre.get("beloeb", "0.00"))
        kraev(beloeb > 0 or kode not in ("NEDSKRIV", "OPSKRIV", "OMPOSTER"), "DA-103")
        if len(konti) == 2:
            return kopier, mellem_konti(kode, beloeb, *konti, *valgt)
        fordringer = valgt[0] if handling["variant"] == 2 else aabne(konti[0])
        if kode == "AFSLUT_KONTO":
            kraev(not fordringer, "DA-203")
            konti[0]["lukket"] = True
            return kopier, []
        kraev(fordringer, "DA-203")
        return kopier, [paa_fordring(kode, parametre, beloeb, fordring) for fordring in fordringer]


class Journal:
    """Det, der sker, står på disken, før det gælder, og gælder igen efter en genstart, i den samme rækkefølge."""

    def __init__(self, sti, konti, senere_sekunder):
        self.konti, self.senere_sekunder, self.laas = konti, senere_sekunder, threading.RLock()
        self.udfald, self.senere, self.svar, self.forfald = {}, {}, {}, {}  # Efter nøgle.
        self.fil = open(sti, "a+", encoding="ascii")
        self.fil.seek(0)
        hele = self.fil.read().rpartition("\n")[0]  # Det efter den sidste linjes slutning blev aldrig besvaret.
        for linje in hele.splitlines():
            self.gaeld(json.loads(linje))
        self.fil.truncate(len(hele) + 1 if hele else 0)

    def ske(self, haendelse):
        with self.laas:
            try:
                print(json.dumps(haendelse), file=self.fil, flush=True)
                os.fsync(self.fil.fileno())
            except OSError:
                os._exit(1)  # Om den står der, viser sig ved næste start.
            self.gaeld(haendelse)

    def gaeld(self, haendelse):
        match haendelse:
            case {"kommando": kommando}:
                noegle = kommando["noegle"]
                self.udfald[noegle] = self.konti.udfald(kommando)
                if self.udfald[noegle]["art"] == "accepteretTilSenere":
                    self.senere[noegle], self.forfald[noegle] = kommando, time.monotonic() + self.senere_sekunder
            case {"udfoert": noegle, "tid": tid}:
                kommando = self.senere.pop(noegle)
                hvilket = {"noegle": noegle, "anmodningIdentifikator": kommando["anmodningIdentifikator"], "tid": tid}
                self.svar[noegle] = hvilket | self.konti.svar(kommando)
            case {"meldt": noegle}:
                del self.svar[noegle], self.forfald[noegle]

    def modtag(self, kommando):
        with self.laas:
            if kommando["noegle"] not in self.udfald:
                self.ske({"kommando": kommando})
            return self.udfald[kommando["noegle"]]

    def slaa_op(self, noegle):
        with self.laas:
            return self.udfald.get(noegle, {"art": "aldrigSet"})

    def meld_for_altid(self, meld, igen_sekunder):
        while True:
            time.sleep(0.02)
            for noegle in [noegle for noegle, tid in list(self.forfald.items()) if tid <= time.monotonic()]:
                if noegle in self.senere:
                    self.ske({"udfoert": noegle, "tid": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())})
                self.forfald[noegle] = time.monotonic() + igen_sekunder
                if meld(json.dumps(self.svar[noegle]).encode()):
                    self.ske({"meldt": noegle})


class Indgang(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm, timeout = "HTTP/1.1", True, 30
    journal = adapter = None  # Gives én gang, før serveren starter.

    def do_POST(self):
        kommando = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.besvar(self.fremmed() or self.journal.modtag(kommando))

    def do_GET(self):
        self.besvar(self.fremmed() or self.journal.slaa_op(self.path.rsplit("/", 1)[-1]))

    def fremmed(self):
        """TLS har prøvet certifikatet mod CA'en, men den kan have udstedt til andre end adapteren."""
        emne = self.connection.getpeercert()["subject"]
        return None if (("commonName", self.adapter),) in emne else {"art": "ikkeUdfoert", "forbigaaende": True}

    def besvar(self, indhold):
        data = json.dumps(indhold).encode()
        self.send_response(STATUS[indhold["art"]])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass  # Intet i en anmodning hører hjemme i en log.


def main():
    valg = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    konti = Konti(json.loads(Path(valg["data"]).read_text(encoding="utf-8")))
    Indgang.journal, Indgang.adapter = Journal(valg["journal"], konti, valg["senereSekunder"]), valg["adapter"]
    ind, ud = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=valg["ca"])
    ind.load_verify_locations(valg["ca"])
    ind.verify_mode = ssl.CERT_REQUIRED
    for tls in (ind, ud):
        tls.load_cert_chain(valg["certifikat"], valg["noegle"])

    def meld(krop):
        """Sandt, når adapteren er færdig med svaret: bogført, eller afvist for altid."""
        try:
            with closing(HTTPSConnection(valg["svarVaert"], valg["svarPort"], timeout=10, context=ud)) as adapter:
                adapter.request("POST", "/svar", krop, {"Content-Type": "application/json"})
                return adapter.getresponse().status in (200, 400, 409)
        except (OSError, HTTPException):
            return False

    threading.Thread(target=Indgang.journal.meld_for_altid, args=(meld, valg["igenSekunder"]), daemon=True).start()
    server = ThreadingHTTPServer((valg["vaert"], valg["port"]), Indgang)
    server.socket = ind.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(f"lytter på https://{valg['vaert']}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
