import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/**
 * Et fagsystem i Java: sender en anmodning, får kvitteringen og venter på svaret.
 *
 * <pre>
 * AMQP_URL=amqp://daginstitution:kode@localhost:5672/debitor \
 *   java -cp amqp-client.jar:slf4j-api.jar Send.java ../../meddelelser/variant-2-senere.xml
 * </pre>
 *
 * Brugeren i AMQP_URL er fagsystemets id. Den må skrive til debitor.anmodning og læse sin egen kø, og ikke andet.
 */
public final class Send {
  private static final String DKA = "urn:oio:debitor:debitorkontoanmodning:1.0";
  private static final String K = "http://kombit.dk/xml/schemas/kontekst/2017/01/01/";
  private static final long VENT_SEKUNDER = 60;

  private static byte[] nyAnmodning(File skabelon, String anmodningId, String requestId) throws Exception {
    DocumentBuilderFactory fabrik = DocumentBuilderFactory.newInstance();
    fabrik.setNamespaceAware(true);
    Document dokument = fabrik.newDocumentBuilder().parse(skabelon);
    dokument.getElementsByTagNameNS(K, "TransaktionsId").item(0).setTextContent("java-" + anmodningId);
    dokument.getElementsByTagNameNS(K, "RequestId").item(0).setTextContent(requestId);
    dokument.getElementsByTagNameNS(DKA, "AnmodningIdentifikator").item(0).setTextContent(anmodningId);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TransformerFactory.newInstance().newTransformer().transform(new DOMSource(dokument), new StreamResult(bytes));
    return bytes.toByteArray();
  }

  public static void main(String[] args) throws Exception {
    String url = System.getenv("AMQP_URL");
    String fagsystem = new URI(url).getUserInfo().split(":", 2)[0];
    // Gem den, før der sendes: sendes den samme anmodning igen under den, udføres den kun én gang.
    String anmodningId = UUID.randomUUID().toString();
    String requestId = UUID.randomUUID().toString();

    ConnectionFactory fabrik = new ConnectionFactory();
    fabrik.setUri(url);
    Connection forbindelse = fabrik.newConnection("fagsystem " + fagsystem);
    Channel kanal = forbindelse.createChannel();
    CountDownLatch faerdig = new CountDownLatch(1);
    // I drift: en entydig nøgle i databasen, skrevet i samme transaktion som svaret. Det samme svar igen har det samme
    // message_id.
    Set<String> gemt = ConcurrentHashMap.newKeySet();
    DeliverCallback modtag = (maerke, levering) -> {
      AMQP.BasicProperties svar = levering.getProperties();
      String kode = svar.getHeaders().get("kvittering-kode").toString();
      String art = levering.getEnvelope().getRoutingKey().contains(".svar.") ? "svar" : "kvittering";
      if (!gemt.contains(svar.getMessageId())) {
        // Her gemmes kroppen. Først derefter er den set, og først derefter kvitteres der til RabbitMQ.
        int laengde = levering.getBody().length;
        System.out.printf("%s %s %s (%d bytes)%n", art, kode, svar.getCorrelationId(), laengde);
        gemt.add(svar.getMessageId());
      }
      kanal.basicAck(levering.getEnvelope().getDeliveryTag(), false);
      boolean sidste = art.equals("svar") || !kode.equals("MODTAGET");
      if (sidste && anmodningId.equals(svar.getCorrelationId())) faerdig.countDown();
    };
    kanal.basicQos(50);
    kanal.basicConsume("debitor.svar." + fagsystem, false, modtag, maerke -> { });

    // En kanal til at sende: en fejl på den ene rører ikke den anden.
    Channel sender = forbindelse.createChannel();
    AtomicBoolean returneret = new AtomicBoolean();
    sender.addReturnListener((kode, tekst, exchange, noegle, egenskaber, krop) -> returneret.set(true));
    sender.confirmSelect();
    AMQP.BasicProperties egenskaber = new AMQP.BasicProperties.Builder()
        .contentType("application/xml")
        .deliveryMode(2)
        .messageId(requestId)
        .correlationId(anmodningId)
        .userId(fagsystem)
        .build();
    byte[] anmodning = nyAnmodning(new File(args[0]), anmodningId, requestId);
    sender.basicPublish("debitor.anmodning", "debitorkonto." + fagsystem, true, egenskaber, anmodning);
    sender.waitForConfirmsOrDie(10_000);
    // En bekræftelse er ikke en rute: det, som ingen kø tog imod, er returneret før den.
    if (returneret.get()) throw new IllegalStateException("ingen kø tog imod anmodningen");
    System.out.println("sendt " + anmodningId);

    boolean kom = faerdig.await(VENT_SEKUNDER, TimeUnit.SECONDS);
    forbindelse.close();
    if (!kom) {
      System.err.println("der kom intet svar i tide; kommer det senere, ligger det i køen. Kommer det aldrig: "
          + "kontrollér bruger, routing key og AfsenderItSystemInstans (DA-120)");
      System.exit(2);
    }
  }
}
