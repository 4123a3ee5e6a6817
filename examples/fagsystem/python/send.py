#!/usr/bin/env python3
"""Et fagsystem i Python: sender en anmodning, får kvitteringen og venter på svaret.

    pip install pika            (eller Debians python3-pika)
    AMQP_URL=amqp://daginstitution:kode@localhost:5672/debitor python3 send.py

Brugeren i AMQP_URL er fagsystemets id. Den må skrive til debitor.anmodning og læse sin egen kø, og ikke andet.
"""
import os
import sys
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlparse

import pika
from pika.exceptions import NackError, UnroutableError

DKA = "urn:oio:debitor:debitorkontoanmodning:1.0"
K = "http://kombit.dk/xml/schemas/kontekst/2017/01/01/"
SKABELON = Path(__file__).parents[2] / "meddelelser" / "variant-2-senere.xml"
VENT_SEKUNDER = 60
INTET_SVAR = (
    "der kom intet svar i tide; kommer det senere, ligger det i køen. Kommer det aldrig: kontrollér bruger, routing key "
    "og AfsenderItSystemInstans (DA-120)"
)


def ny_anmodning(anmodning_id: str, request_id: str) -> bytes:
    ET.register_namespace("dka", DKA)
    ET.register_namespace("k", K)
    rod = ET.parse(SKABELON).getroot()
    rod.find(f".//{{{K}}}TransaktionsId").text = f"python-{anmodning_id}"
    rod.find(f".//{{{K}}}RequestId").text = request_id
    rod.find(f"{{{DKA}}}AnmodningIdentifikator").text = anmodning_id
    return ET.tostring(rod, encoding="UTF-8", xml_declaration=True)


def main() -> int:
    url = os.environ["AMQP_URL"]
    fagsystem = unquote(urlparse(url).username)
    # Gem den, før der sendes: sendes den samme anmodning igen under den, udføres den kun én gang.
    anmodning_id = str(uuid.uuid4())
    request_id = str(uuid.uuid4())

    with pika.BlockingConnection(pika.URLParameters(url)) as forbindelse:
        kanal = forbindelse.channel()
        # Fra nu af venter basic_publish på RabbitMQs bekræftelse.
        kanal.confirm_delivery()
        egenskaber = pika.BasicProperties(
            content_type="application/xml",
            delivery_mode=2,
            message_id=request_id,
            correlation_id=anmodning_id,
            user_id=fagsystem,
        )
        try:
            kanal.basic_publish(
                exchange="debitor.anmodning",
                routing_key=f"debitorkonto.{fagsystem}",
                body=ny_anmodning(anmodning_id, request_id),
                properties=egenskaber,
                mandatory=True,
            )
        except (NackError, UnroutableError) as fejl:
            print(f"ikke taget imod: {fejl!r}", file=sys.stderr)
            return 1
        print(f"sendt {anmodning_id}")

        kanal.basic_qos(prefetch_count=50)
        # I drift: en entydig nøgle i databasen, skrevet i samme transaktion som svaret. Det samme svar igen har det samme
        # message_id.
        gemt = set()
        for metode, svar, krop in kanal.consume(f"debitor.svar.{fagsystem}", inactivity_timeout=VENT_SEKUNDER):
            if metode is None:
                print(INTET_SVAR, file=sys.stderr)
                return 2
            kode = svar.headers["kvittering-kode"]
            art = "svar" if ".svar." in metode.routing_key else "kvittering"
            if svar.message_id not in gemt:
                # Her gemmes krop. Først derefter er den set, og først derefter kvitteres der til RabbitMQ.
                print(f"{art} {kode} {svar.correlation_id} ({len(krop)} bytes)")
                gemt.add(svar.message_id)
            kanal.basic_ack(metode.delivery_tag)
            if svar.correlation_id == anmodning_id and (art == "svar" or kode != "MODTAGET"):
                return 0
    return 2


if __name__ == "__main__":
    sys.exit(main())
