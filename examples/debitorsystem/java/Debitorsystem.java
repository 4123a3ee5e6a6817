import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Et lille debitorsystem bag debitor-adapters backend {@code amqp}: Java 17, RabbitMQs klient og Jackson.
 *
 * <p>En kommando kan komme mere end én gang, men en nøgle har én virkning: det, der sker, står i en journal på disken, før
 * udfaldet udgives og kommandoen bekræftes. Et svar udgives, til adapterens svarkvittering er kommet. Tilstanden er
 * journalen, fortalt igen ved start. Beløb er hele øre. Det kender de handlingstyper, der ser på hver fordring for sig
 * (variant 1 og 2), og afviser de andre. Indstillingerne er en JSON-fil, og AMQP_URL er i miljøet.
 */
public final class Debitorsystem {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONFIRM_MS = 10_000;
  private static final long STOERST = 9_999_999_999_999L;
  private static final List<String> AABNE = List.of("AABEN", "SAT_I_BERO", "TIL_INDDRIVELSE");
  private static final List<String> KENDTE =
      List.of("AENDR_TILSTAND", "NEDSKRIV", "OPSKRIV", "TILBAGEKALD", "AFSKRIV", "HENSTAND");
  private static final Map<String, String> TEKSTER = Map.of(
      "DA-103", "En parameter mangler eller er ugyldig",
      "DA-201", "Debitorkontoen findes ikke",
      "DA-202", "Fordringen findes ikke under debitorkontoen",
      "DA-203", "Fordringen er ikke i en tilstand, hvor det kan udføres",
      "DA-204", "Beløbet er større, end der er dækning for, eller resultatet kan ikke rummes",
      "EKS-001", "Handlingstypen kendes ikke i denne variant eller for denne objekttype");

  private final Map<String, Map<String, ObjectNode>> konti = new HashMap<>();
  private final Map<String, Long> opkraevningskonti = new HashMap<>();
  // De næste er efter kommandoens nøgle: hvad der blev svaret på den; den, mens den venter på at blive udført; dens svar,
  // til adapteren har det; hvornår den skal udføres, eller svaret meldes (igen).
  private final Map<String, ObjectNode> udfald = new HashMap<>();
  private final Map<String, JsonNode> senere = new HashMap<>();
  private final Map<String, ObjectNode> svar = new HashMap<>();
  private final Map<String, Long> forfald = new LinkedHashMap<>();
  private final RandomAccessFile journal;
  private final long senereMs;

  private Debitorsystem(JsonNode valg) throws IOException {
    for (JsonNode konto : JSON.readTree(new File(valg.get("data").asText())).get("debitorkonti")) {
      Map<String, ObjectNode> fordringer = new LinkedHashMap<>();
      for (JsonNode givet : konto.get("fordringer")) {
        ObjectNode fordring = givet.deepCopy();
        fordring.put("beloeb", oere(givet.get("beloeb"))).put("restbeloeb", oere(givet.get("restbeloeb")));
        fordringer.put(givet.get("identifikator").asText(), fordring);
      }
      konti.put(kontonoegle(konto, konto.get("identifikator")), fordringer);
    }
    senereMs = valg.get("senereMs").asLong();
    journal = new RandomAccessFile(valg.get("journal").asText(), "rw");
    byte[] alt = new byte[Math.toIntExact(journal.length())];
    journal.readFully(alt);
    int fra = 0;
    for (int i = 0; i < alt.length; i++) {
      if (alt[i] != '\n') continue;
      gaeld(JSON.readTree(new String(alt, fra, i - fra, StandardCharsets.UTF_8)));
      fra = i + 1;
    }
    // En sidste linje uden slutning kom aldrig helt på disken og blev derfor aldrig besvaret.
    journal.setLength(fra);
    journal.seek(fra);
  }

  private void ske(ObjectNode haendelse) throws IOException {
    journal.write((JSON.writeValueAsString(haendelse) + "\n").getBytes(StandardCharsets.UTF_8));
    journal.getFD().sync();
    gaeld(haendelse);
  }

  /** De samme hændelser i den samme rækkefølge giver det samme. */
  private void gaeld(JsonNode haendelse) {
    if (haendelse.has("kommando")) {
      JsonNode kommando = haendelse.get("kommando");
      String noegle = kommando.get("noegle").asText();
      udfald.put(noegle, udfaldAf(kommando));
      if (!udfald.get(noegle).get("art").asText().equals("accepteretTilSenere")) return;
      senere.put(noegle, kommando);
      forfald.put(noegle, System.currentTimeMillis() + senereMs);
    } else if (haendelse.has("udfoert")) {
      String noegle = haendelse.get("udfoert").asText();
      svar.put(noegle, svarPaa(senere.remove(noegle)).put("tid", haendelse.get("tid").asText()));
    } else {
      svar.remove(haendelse.get("meldt").asText());
      forfald.remove(haendelse.get("meldt").asText());
    }
  }

  /** Kommandoens udfald: det, den fik, eller et, der står i journalen, når metoden er færdig. */
  private synchronized ObjectNode modtag(JsonNode kommando) throws IOException {
    String noegle = kommando.get("noegle").asText();
    if (!udfald.containsKey(noegle)) ske(JSON.createObjectNode().set("kommando", kommando));
    return udfald.get(noegle);
  }

  /** De svar, der skal meldes nu, hvert udført og i journalen. */
  private synchronized List<ObjectNode> forfaldne(long igenMs) throws IOException {
    List<ObjectNode> fundne = new ArrayList<>();
    long nu = System.currentTimeMillis();
    for (Map.Entry<String, Long> naar : forfald.entrySet()) {
      String noegle = naar.getKey();
      if (naar.getValue() > nu) continue;
      String tid = Instant.ofEpochSecond(nu / 1000).toString();
      if (senere.containsKey(noegle)) ske(JSON.createObjectNode().put("udfoert", noegle).put("tid", tid));
      naar.setValue(nu + igenMs);
      fundne.add(svar.get(noegle));
    }
    return fundne;
  }

  /** Adapteren har svaret: bogført eller afvist for altid. */
  private synchronized void afslut(String noegle) throws IOException {
    if (svar.containsKey(noegle)) ske(JSON.createObjectNode().put("meldt", noegle));
  }

  private ObjectNode udfaldAf(JsonNode kommando) {
    if (kommando.get("art").asText().equals("kontantIndbetaling")) {
      String kunde = kommando.get("kundeType").asText() + " " + kommando.get("kundeNummer").asText();
      opkraevningskonti.merge(kunde, oere(kommando.get("beloeb")), Long::sum);
      return JSON.createObjectNode().put("art", "udfoert");
    }
    List<String> grunde = grunde(kommando);
    if (!grunde.isEmpty()) return JSON.createObjectNode().put("art", "afvist").set("fejl", fejl(grunde));
    if (kommando.get("svarform").asText().equals("SENERE"))
      return JSON.createObjectNode().put("art", "accepteretTilSenere");
    ObjectNode udfoert = JSON.createObjectNode().put("art", "udfoert");
    udfoert.putObject("resultat").set("fordringer", udfoer(kommando));
    return udfoert;
  }

  /** Hvorfor det hele må afvises nu. STRAKS er alt eller intet; for SENERE ses der på hver fordring, når det udføres. */
  private List<String> grunde(JsonNode kommando) {
    boolean kendt = KENDTE.contains(kommando.get("handlingstype").asText())
        && kommando.get("handling").get("variant").asInt() <= 2
        && kommando.get("objektType").asText().equals("FORDRING");
    if (!kendt) return List.of("EKS-001");
    Map<String, ObjectNode> konto = konto(kommando);
    if (konto == null) return List.of("DA-201");
    List<String> valgte = valgte(kommando, konto);
    List<String> ukendte = valgte.stream().filter(id -> !konto.containsKey(id)).map(id -> "DA-202").toList();
    if (!ukendte.isEmpty() || kommando.get("svarform").asText().equals("SENERE")) return ukendte;
    if (valgte.isEmpty()) return List.of("DA-203");
    return valgte.stream().map(id -> goer(kommando, konto.get(id).deepCopy())).filter(Objects::nonNull).toList();
  }

  private ObjectNode svarPaa(JsonNode kommando) {
    ArrayNode linjer = udfoer(kommando);
    long afviste = linjer.findValues("fejl").size();
    String status = afviste == linjer.size() ? "AFVIST" : afviste == 0 ? "GENNEMFOERT" : "DELVIST_GENNEMFOERT";
    ObjectNode nyt = JSON.createObjectNode().put("status", status);
    for (String felt : List.of("noegle", "anmodningIdentifikator")) nyt.set(felt, kommando.get(felt));
    nyt.putObject("resultat").set("fordringer", linjer);
    if (linjer.isEmpty()) nyt.set("fejl", fejl(List.of("DA-203")));
    return nyt;
  }

  /** Gør det ved hver fordring, det kan gøres ved, og siger det om hver. */
  private ArrayNode udfoer(JsonNode kommando) {
    ArrayNode linjer = JSON.createArrayNode();
    Map<String, ObjectNode> konto = konto(kommando);
    for (String id : valgte(kommando, konto)) {
      String kode = goer(kommando, konto.get(id));
      ObjectNode linje = linjer.addObject().put("fordring", id).put("resultat", kode == null ? "GENNEMFOERT" : "AFVIST");
      if (kode != null) linje.set("fejl", fejl(List.of(kode)));
    }
    return linjer;
  }

  /** Gør det ved fordringen; eller siger, hvorfor det ikke kan gøres, og rører den ikke. */
  private static String goer(JsonNode kommando, ObjectNode fordring) {
    JsonNode parametre = kommando.get("parametre");
    String kode = kommando.get("handlingstype").asText();
    if (!erAaben(fordring)) return "DA-203";
    switch (kode) {
      case "AENDR_TILSTAND" -> {
        String oensket = "";
        for (JsonNode en : parametre.get("parametre"))
          if (en.get("navn").asText().equals("Tilstand")) oensket = en.get("vaerdi").asText();
        if (!AABNE.contains(oensket)) return "DA-103";
        fordring.put("tilstand", oensket);
      }
      case "HENSTAND" -> {
        String dato = parametre.path("virkningDato").asText();
        if (dato.isEmpty()) return "DA-103";
        if (dato.compareTo(fordring.get("forfaldsdato").asText()) <= 0) return "DA-203";
        fordring.put("forfaldsdato", dato);
      }
      case "TILBAGEKALD" -> fordring.put("tilstand", "TILBAGEKALDT");
      case "AFSKRIV" -> fordring.put("tilstand", "AFSKREVET");
      default -> {
        if (!parametre.has("beloeb") || oere(parametre.get("beloeb")) <= 0) return "DA-103";
        long aendring = (kode.equals("OPSKRIV") ? 1 : -1) * oere(parametre.get("beloeb"));
        long beloeb = fordring.get("beloeb").asLong() + aendring;
        long restbeloeb = fordring.get("restbeloeb").asLong() + aendring;
        if (restbeloeb < 0 || beloeb > STOERST) return "DA-204";
        fordring.put("beloeb", beloeb).put("restbeloeb", restbeloeb);
      }
    }
    return null;
  }

  private static boolean erAaben(JsonNode fordring) {
    return fordring.get("restbeloeb").asLong() > 0 && AABNE.contains(fordring.get("tilstand").asText());
  }

  /** Variant 2 nævner dem; i variant 1 menes alle de åbne. */
  private static List<String> valgte(JsonNode kommando, Map<String, ObjectNode> konto) {
    List<String> ider = new ArrayList<>();
    JsonNode navngivne = kommando.get("handling").get("fordringer");
    if (navngivne != null) navngivne.forEach(id -> ider.add(id.asText()));
    else konto.forEach((id, fordring) -> { if (erAaben(fordring)) ider.add(id); });
    return ider;
  }

  private Map<String, ObjectNode> konto(JsonNode kommando) {
    return konti.get(kontonoegle(kommando, kommando.get("handling").get("debitorkonto")));
  }

  private static String kontonoegle(JsonNode hvis, JsonNode identifikator) {
    return String.join("\n", hvis.get("fagsystem").asText(), hvis.get("myndighed").asText(), identifikator.asText());
  }

  /** "-12.05" er -1205: skemaet lover to decimaler. */
  private static long oere(JsonNode tekst) {
    return Long.parseLong(tekst.asText().replace(".", ""));
  }

  private static ArrayNode fejl(List<String> koder) {
    ArrayNode liste = JSON.createArrayNode();
    for (String kode : koder) liste.addObject().put("kode", kode).put("tekst", TEKSTER.get(kode));
    return liste;
  }

  /** Udgiver, og er færdig, når RabbitMQ har det. Brugeren er debitorsystemets id i adapterens register. */
  private static void udgiv(Channel ud, String id, String slags, String noegle, String kommandoId, JsonNode indhold)
      throws Exception {
    AMQP.BasicProperties egenskaber = new AMQP.BasicProperties.Builder()
        .contentType("application/json").deliveryMode(2).userId(id)
        .messageId(UUID.randomUUID().toString()).correlationId(noegle)
        .headers(kommandoId == null ? Map.of() : Map.of("kommando-id", kommandoId)).build();
    synchronized (ud) {
      ud.basicPublish("debitor.udfald", id + "." + slags, egenskaber, JSON.writeValueAsBytes(indhold));
      ud.waitForConfirmsOrDie(CONFIRM_MS);
    }
  }

  private interface Arbejde {
    void udfoer() throws Exception;
  }

  /** Går det galt, slutter processen: det, der ikke blev bekræftet, kommer igen, når den er startet igen. */
  private static void ellerSlut(Arbejde arbejde) {
    try {
      arbejde.udfoer();
    } catch (Exception fejl) {
      System.err.println("slutter: " + fejl.getClass().getSimpleName());
      System.exit(1);
    }
  }

  public static void main(String[] args) throws Exception {
    JsonNode valg = JSON.readTree(new File(args[0]));
    Debitorsystem system = new Debitorsystem(valg);
    ConnectionFactory fabrik = new ConnectionFactory();
    fabrik.setUri(System.getenv("AMQP_URL"));
    // Ellers tror klienten på ethvert certifikat; CA og egen nøgle gives med -Djavax.net.ssl.trustStore og keyStore.
    if (fabrik.isSSL()) fabrik.useSslProtocol(SSLContext.getDefault());
    String id = fabrik.getUsername();
    Connection forbindelse = fabrik.newConnection("debitorsystem " + id);
    Channel ind = forbindelse.createChannel();
    Channel ud = forbindelse.createChannel();
    ud.confirmSelect();
    ind.basicQos(50);
    ind.basicConsume("debitor.kommando." + id, false, (tag, besked) -> ellerSlut(() -> {
      ObjectNode nyt = system.modtag(JSON.readTree(besked.getBody()));
      AMQP.BasicProperties kommando = besked.getProperties();
      udgiv(ud, id, "udfald", kommando.getCorrelationId(), kommando.getMessageId(), nyt);
      ind.basicAck(besked.getEnvelope().getDeliveryTag(), false);
    }), tag -> System.exit(1));
    ind.basicConsume("debitor.udfald.kvittering." + id, false, (tag, besked) -> ellerSlut(() -> {
      system.afslut(besked.getProperties().getCorrelationId());
      ind.basicAck(besked.getEnvelope().getDeliveryTag(), false);
    }), tag -> System.exit(1));
    Executors.newSingleThreadScheduledExecutor().scheduleWithFixedDelay(() -> ellerSlut(() -> {
      for (JsonNode et : system.forfaldne(valg.get("igenMs").asLong()))
        udgiv(ud, id, "svar", et.get("noegle").asText(), null, et);
    }), 0, 50, TimeUnit.MILLISECONDS);
    System.out.println("lytter på debitor.kommando." + id);
  }
}
