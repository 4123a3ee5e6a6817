"""Et lille debitorsystem bag debitor-adapters backend `http`: Python 3.11, standardbiblioteket og én SQLite-fil.

Her står det, som kontrakten kræver: én virkning for hver nøgle, bogført sammen med sit udfald; svar, der meldes, til
adapteren har dem; signerede anmodninger i begge retninger. Hvad handlingstyperne gør, står i regler.py.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import regler

STATUS = {"udfoert": 200, "accepteretTilSenere": 202, "afvist": 422}
STOERSTE_KROP = 16 * 1024 * 1024
TIDSFORSKEL_SEKUNDER = 300
TABELLER = """
CREATE TABLE IF NOT EXISTS konto (noegle TEXT PRIMARY KEY, indhold TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS opkraevningskonto (kunde TEXT PRIMARY KEY, saldo INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS kommando (
  noegle TEXT PRIMARY KEY, udfald TEXT NOT NULL,
  kommando TEXT,   -- kun for det, der er accepteret til senere
  forfald REAL,    -- hvornår det skal udføres, eller svaret meldes (igen); NULL: der er ikke mere at gøre
  svar TEXT);
CREATE INDEX IF NOT EXISTS udestaaende ON kommando (forfald) WHERE forfald IS NOT NULL;
"""


class Lager:
    """Udfører én kommando ad gangen, hver i én varig transaktion sammen med det, der skal svares."""

    def __init__(self, fil, data, senere_sekunder):
        self.senere_sekunder = senere_sekunder
        self.laas = threading.Lock()
        self.db = sqlite3.connect(fil, isolation_level=None, check_same_thread=False)
        self.db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + TABELLER)
        with self.transaktion():
            if data and not self.et("SELECT 1 FROM konto"):
                self.indlaes(json.loads(Path(data).read_text(encoding="utf-8")))

    @contextmanager
    def transaktion(self):
        with self.laas:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                self.db.execute("ROLLBACK")
                raise

    def et(self, spoergsmaal, *vaerdier):
        return self.db.execute(spoergsmaal, vaerdier).fetchone()

    def indlaes(self, data):
        for givet in data["debitorkonti"]:
            fordringer = {}
            for f in givet["fordringer"]:
                beloeb, rest = regler.oere(f["beloeb"]), regler.oere(f["restbeloeb"])
                fordringer[f["identifikator"]] = f | {"beloeb": beloeb, "restbeloeb": rest, "betalt": beloeb - rest}
            kredit = regler.oere(givet.get("kredit", "0.00"))
            konto = {"tilstand": givet.get("tilstand", "AABEN"), "kredit": kredit, "fordringer": fordringer}
            self.gem(konto | {"noegle": self.kontonoegle(givet, givet["identifikator"])})

    @staticmethod
    def kontonoegle(hvis, identifikator):
        return json.dumps([hvis["fagsystem"], hvis["myndighed"], identifikator])

    def gem(self, *konti):
        for konto in konti:
            self.db.execute("INSERT OR REPLACE INTO konto VALUES (?, ?)", (konto["noegle"], json.dumps(konto)))

    def vaelg(self, kommando):
        def find(identifikator):
            fundet = self.et("SELECT indhold FROM konto WHERE noegle = ?", self.kontonoegle(kommando, identifikator))
            return json.loads(fundet[0]) if fundet else None

        return regler.vaelg(kommando, find)

    def udfald(self, noegle):
        fundet = self.et("SELECT udfald FROM kommando WHERE noegle = ?", noegle)
        return json.loads(fundet[0]) if fundet else None

    def opslag(self, noegle):
        with self.laas:
            return self.udfald(noegle)

    def udfoer(self, kommando):
        with self.transaktion():
            kendt = self.udfald(kommando["noegle"])
            if kendt is not None:
                return kendt
            try:
                udfald = self.indbetal(kommando) if kommando["art"] == "kontantIndbetaling" else self.handl(kommando)
            except regler.Afvist as afvist:
                udfald = {"art": "afvist", "fejl": afvist.fejl}
            venter = udfald["art"] == "accepteretTilSenere"
            rest = (json.dumps(kommando), time.time() + self.senere_sekunder) if venter else (None, None)
            vaerdier = (kommando["noegle"], json.dumps(udfald), *rest)
            self.db.execute("INSERT INTO kommando (noegle, udfald, kommando, forfald) VALUES (?, ?, ?, ?)", vaerdier)
            return udfald

    def handl(self, kommando):
        konti, valgt = self.vaelg(kommando)
        if kommando["svarform"] == "SENERE":
            return {"art": "accepteretTilSenere"}
        linjer = regler.udfoer(kommando, konti, valgt)
        fejl = [en for linje in linjer for en in linje.get("fejl", [])]
        if fejl:  # STRAKS er alt eller intet, og intet er gemt endnu.
            return {"art": "afvist", "fejl": fejl}
        self.gem(*konti)
        return {"art": "udfoert", "resultat": {"fordringer": linjer}}

    def indbetal(self, k):
        self.db.execute(
            "INSERT INTO opkraevningskonto VALUES (?, ?) ON CONFLICT (kunde) DO UPDATE SET saldo = saldo + excluded.saldo",
            (f"{k['kundeType']} {k['kundeNummer']}", regler.oere(k["beloeb"])),
        )
        return {"art": "udfoert"}

    def forfaldne(self):
        """De svar, der skal meldes nu; det, der ikke er udført endnu, bliver det først."""
        with self.laas:
            find = "SELECT noegle, kommando, svar FROM kommando WHERE forfald <= ? ORDER BY forfald LIMIT 100"
            fundne = self.db.execute(find, (time.time(),)).fetchall()
        for noegle, kommando, svar in fundne:
            if svar is None:
                with self.transaktion():
                    svar = json.dumps(self.udfoer_senere(json.loads(kommando)))
                    self.db.execute("UPDATE kommando SET svar = ? WHERE noegle = ?", (svar, noegle))
            yield noegle, svar

    def udfoer_senere(self, kommando):
        svar = {navn: kommando[navn] for navn in ("noegle", "anmodningIdentifikator")}
        svar["tid"] = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            konti, valgt = self.vaelg(kommando)
            linjer = regler.udfoer(kommando, konti, valgt)
            self.gem(*konti)
        except regler.Afvist as afvist:
            return svar | {"status": "AFVIST", "fejl": afvist.fejl}
        resultater = {linje["resultat"] for linje in linjer} or {"GENNEMFOERT"}
        status = resultater.pop() if len(resultater) == 1 else "DELVIST_GENNEMFOERT"
        return svar | {"status": status, "resultat": {"fordringer": linjer}}

    def afslut(self, noegle, igen_sekunder=None):
        """Svaret er taget imod, eller det skal meldes igen."""
        forfald = None if igen_sekunder is None else time.time() + igen_sekunder
        with self.transaktion():
            self.db.execute("UPDATE kommando SET forfald = ? WHERE noegle = ?", (forfald, noegle))


class Noegle:
    """HTTP Message Signatures (RFC 9421) med hmac-sha256 og Content-Digest (RFC 9530)."""

    def __init__(self, keyid, hemmelighed):
        self.keyid, self.hemmelighed = keyid, hemmelighed

    @staticmethod
    def digest(krop):
        return f"sha-256=:{base64.b64encode(hashlib.sha256(krop).digest()).decode()}:"

    def signer(self, dele, params):
        linjer = [f'"{navn}": {vaerdi}' for navn, vaerdi in dele.items()] + [f'"@signature-params": {params}']
        mac = hmac.new(self.hemmelighed, "\n".join(linjer).encode(), hashlib.sha256).digest()
        return f"sig1=:{base64.b64encode(mac).decode()}:"

    def felter(self, metode, sti, krop):
        dele = {"@method": metode, "@path": sti, "content-digest": self.digest(krop)}
        daekker = " ".join(f'"{navn}"' for navn in dele)
        params = f'({daekker});created={int(time.time())};keyid="{self.keyid}";alg="hmac-sha256"'
        signatur = {"Signature-Input": f"sig1={params}", "Signature": self.signer(dele, params)}
        return signatur | {"Content-Digest": dele["content-digest"]}

    def godkender(self, metode, sti, felter, krop):
        form = r'sig1=(\(([^()]*)\);created=(\d{1,12});keyid="([^"]*)";alg="hmac-sha256")'
        params = re.fullmatch(form, felter.get("Signature-Input", ""))
        if params is None or params[4] != self.keyid or abs(time.time() - int(params[3])) > TIDSFORSKEL_SEKUNDER:
            return False
        kendte = {"@method": metode, "@path": sti}
        navne = re.findall(r'"([^"]+)"', params[2])
        kraevet = {"@method", "@path"} | ({"content-digest", "idempotency-key"} if metode == "POST" else set())
        if not kraevet <= set(navne):
            return False
        dele = {navn: kendte.get(navn) or (felter.get(navn) or "").strip() for navn in navne}
        passer = hmac.compare_digest(self.signer(dele, params[1]).encode(), felter.get("Signature", "").encode())
        return passer and (metode != "POST" or felter.get("Content-Digest") == self.digest(krop))


class Indgang(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    lager = noegle = None  # Gives én gang, før serveren starter.

    def do_POST(self):
        krop = self.krop()
        if krop is None or urlsplit(self.path).path.rsplit("/", 1)[-1] != "commands":
            return self.svar(400, {"art": "ikkeUdfoert", "forbigaaende": False, "aarsag": "kan ikke læses"})
        if not self.kendt(krop):
            return
        kommando = json.loads(krop)
        if kommando["noegle"] != self.headers["Idempotency-Key"]:
            return self.svar(400, {"art": "ikkeUdfoert", "forbigaaende": False, "aarsag": "nøglerne er forskellige"})
        udfald = self.lager.udfoer(kommando)
        self.svar(STATUS[udfald["art"]], udfald)

    def do_GET(self):
        if self.kendt(b""):
            udfald = self.lager.opslag(self.path.rsplit("/", 1)[-1])
            self.svar(STATUS[udfald["art"]], udfald) if udfald else self.svar(404, {"art": "aldrigSet"})

    def krop(self):
        laengde = self.headers.get("Content-Length", "")
        return self.rfile.read(int(laengde)) if laengde.isdecimal() and int(laengde) <= STOERSTE_KROP else None

    def kendt(self, krop):
        if self.noegle is None or self.noegle.godkender(self.command, self.path, self.headers, krop):
            return True
        self.svar(401, {"art": "ikkeUdfoert", "forbigaaende": True, "aarsag": "signaturen passer ikke"})
        return False

    def svar(self, status, indhold):
        data = json.dumps(indhold, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass  # Intet i en anmodning hører hjemme i en log.


def meld(url, noegle, svar):
    """Melder et svar. Sandt, når adapteren er færdig med det: bogført eller afvist for altid."""
    krop = svar.encode()
    felter = {"Content-Type": "application/json"} | (noegle.felter("POST", urlsplit(url).path, krop) if noegle else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(url, krop, felter), timeout=10) as svaret:
            return svaret.status == 200
    except urllib.error.HTTPError as fejl:
        return fejl.code in (400, 409)
    except OSError:
        return False


def meld_for_altid(lager, url, noegle, igen_sekunder):
    while True:
        for kommando, svar in lager.forfaldne():
            lager.afslut(kommando, None if meld(url, noegle, svar) else igen_sekunder)
        time.sleep(min(0.1, igen_sekunder))


def main():
    valg = argparse.ArgumentParser(description="Et lille debitorsystem bag debitor-adapter over HTTP")
    valg.add_argument("--port", type=int, default=8090)
    valg.add_argument("--lager", required=True, help="SQLite-fil")
    valg.add_argument("--data", help="debitorkonti (JSON), som et tomt lager fyldes med")
    valg.add_argument("--key-id", default="adapter")
    valg.add_argument("--hemmelighed", help="fil med den fælles hemmelighed; uden den kontrolleres intet")
    valg.add_argument("--svar-url", default="http://127.0.0.1:8091/svar")
    valg.add_argument("--senere-sekunder", type=float, default=1)
    valg.add_argument("--igen-sekunder", type=float, default=5)
    givet = valg.parse_args()
    lager = Lager(givet.lager, givet.data, givet.senere_sekunder)
    noegle = givet.hemmelighed and Noegle(givet.key_id, Path(givet.hemmelighed).read_text().strip().encode())
    Indgang.lager, Indgang.noegle = lager, noegle or None
    server = ThreadingHTTPServer(("127.0.0.1", givet.port), Indgang)
    melder = (lager, givet.svar_url, noegle, givet.igen_sekunder)
    threading.Thread(target=meld_for_altid, args=melder, daemon=True).start()
    print(f"lytter på http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
