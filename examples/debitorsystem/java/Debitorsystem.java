import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Et lille debitorsystem bag debitor-adapters backend {@code amqp}: Java 17, RabbitMQs klient og Jackson.
 *
 * <p>Her står det, som kontrakten kræver. En kommando kan komme mere end én gang, så en nøgle har én virkning: det udførte
 * står i en journal, der er på disken, før udfaldet udgives, og kommandoen bekræftes. Et svar udgives, til adapterens
 * svarkvittering er kommet. Tilstanden er journalen, fortalt igen ved start. Hvad handlingstyperne gør, står i Regler.
 *
 * <pre>
 * AMQP_URL=amqp://kommunedebitor:kode@localhost:5672/ java -cp … Debitorsystem --data konti.json --journal journal.jsonl
 * </pre>
 */
public final class Debitorsystem {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PREFETCH = 50;
  private static final int CONFIRM_MS = 10_000;

  private final Regler regler;
  private final RandomAccessFile journal;
  private final long senereMs;
  private final long igenMs;
  /** Efter nøgle: det, der blev svaret på en kommando. */
  private final Map<String, ObjectNode> udfald = new HashMap<>();
  /** Efter nøgle: det, der er accepteret til senere, men ikke udført endnu, og hvornår det bliver det. */
  private final Map<String, JsonNode> senere = new LinkedHashMap<>();
  private final Map<String, Long> forfald = new HashMap<>();
  /** Efter nøgle: det, der er udført og meldes, til adapteren har det; og hvornår det skal meldes næste gang. */
  private final Map<String, JsonNode> svar = new LinkedHashMap<>();
  private final Map<String, Long> meldes = new HashMap<>();

  private Debitorsystem(File data, File journalfil, long senereMs, long igenMs) throws IOException {
    this.regler = new Regler(JSON.readTree(data));
    this.senereMs = senereMs;
    this.igenMs = igenMs;
    this.journal = new RandomAccessFile(journalfil, "rw");
    genfortael();
  }

  // ---- journalen ---------------------------------------------------------------------------------------------------

  /** Udfører igen, hvad der er udført. En sidste linje uden slutning kom aldrig på disken og blev derfor aldrig besvaret. */
  private void genfortael() throws IOException {
    byte[] alt = new byte[Math.toIntExact(journal.length())];
    journal.readFully(alt);
    int fra = 0;
    for (int i = 0; i < alt.length; i++) {
      if (alt[i] != '\n') continue;
      JsonNode linje = JSON.readTree(new String(alt, fra, i - fra, StandardCharsets.UTF_8));
      fra = i + 1;
      String noegle = linje.get("noegle").asText();
      if (linje.has("kommando")) {
        udfoer(linje.get("kommando"));
      } else if (linje.has("svar")) {
        regler.svar(senere.remove(noegle));
        svar.put(noegle, linje.get("svar"));
      } else {
        svar.remove(noegle);
      }
    }
    journal.setLength(fra);
    journal.seek(fra);
  }

  private void skriv(ObjectNode linje) throws IOException {
    journal.write((JSON.writeValueAsString(linje) + "\n").getBytes(StandardCharsets.UTF_8));
    journal.getFD().sync();
  }

  private static ObjectNode linje(String noegle) {
    return JSON.createObjectNode().put("noegle", noegle);
  }

  // ---- kommandoer og svar -------------------------------------------------------------------------------------------

  /** Kommandoens udfald: det, den fik, eller et, der står i journalen, når metoden er færdig. */
  private synchronized ObjectNode modtag(JsonNode kommando) throws IOException {
    String noegle = kommando.get("noegle").asText();
    if (!udfald.containsKey(noegle)) {
      udfoer(kommando);
      skriv(linje(noegle).set("kommando", kommando));
    }
    return udfald.get(noegle);
  }

  private void udfoer(JsonNode kommando) {
    String noegle = kommando.get("noegle").asText();
    ObjectNode nyt = regler.udfald(kommando);
    udfald.put(noegle, nyt);
    if (nyt.get("art").asText().equals("accepteretTilSenere")) {
      senere.put(noegle, kommando);
      forfald.put(noegle, System.currentTimeMillis() + senereMs);
    }
  }

  /** De svar, der skal meldes nu, hvert udført og i journalen. */
  private synchronized List<JsonNode> forfaldne() throws IOException {
    long nu = System.currentTimeMillis();
    for (String noegle : new ArrayList<>(senere.keySet())) {
      if (forfald.get(noegle) > nu) continue;
      JsonNode kommando = senere.remove(noegle);
      ObjectNode nyt = regler.svar(kommando).put("noegle", noegle);
      nyt.set("anmodningIdentifikator", kommando.get("anmodningIdentifikator"));
      nyt.put("tid", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      skriv(linje(noegle).set("svar", nyt));
      svar.put(noegle, nyt);
    }
    List<JsonNode> fundne = new ArrayList<>();
    svar.forEach((noegle, et) -> {
      if (meldes.getOrDefault(noegle, 0L) > nu) return;
      meldes.put(noegle, nu + igenMs);
      fundne.add(et);
    });
    return fundne;
  }

  /** Adapteren har svaret: bogført eller afvist for altid. */
  private synchronized void afslut(String noegle) throws IOException {
    if (svar.remove(noegle) != null) skriv(linje(noegle));
  }

  // ---- RabbitMQ -----------------------------------------------------------------------------------------------------

  /** Udgiver, og er færdig, når RabbitMQ har det. Brugeren er debitorsystemets id i adapterens register. */
  private static void udgiv(Channel ud, String id, String slags, String noegle, String kommandoId, JsonNode indhold)
      throws Exception {
    AMQP.BasicProperties.Builder egenskaber = new AMQP.BasicProperties.Builder()
        .contentType("application/json")
        .deliveryMode(2)
        .messageId(UUID.randomUUID().toString())
        .correlationId(noegle)
        .userId(id);
    if (kommandoId != null) egenskaber.headers(Map.of("kommando-id", kommandoId));
    synchronized (ud) {
      ud.basicPublish("debitor.udfald", id + "." + slags, egenskaber.build(), JSON.writeValueAsBytes(indhold));
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
    Map<String, String> valg = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) valg.put(args[i], args[i + 1]);
    Debitorsystem system = new Debitorsystem(
        new File(valg.get("--data")),
        new File(valg.get("--journal")),
        Long.parseLong(valg.getOrDefault("--senere-ms", "1000")),
        Long.parseLong(valg.getOrDefault("--igen-ms", "30000")));
    ConnectionFactory fabrik = new ConnectionFactory();
    fabrik.setUri(System.getenv("AMQP_URL"));
    String id = fabrik.getUsername();
    Connection forbindelse = fabrik.newConnection("debitorsystem " + id);
    Channel ind = forbindelse.createChannel();
    Channel ud = forbindelse.createChannel();
    ud.confirmSelect();
    ind.basicQos(PREFETCH);
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
      for (JsonNode et : system.forfaldne()) udgiv(ud, id, "svar", et.get("noegle").asText(), null, et);
    }), 0, 50, TimeUnit.MILLISECONDS);
    System.out.println("lytter på debitor.kommando." + id);
  }
}
