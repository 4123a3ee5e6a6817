// Et fagsystem i C#: sender en anmodning, får kvitteringen og venter på svaret.
//
//   AMQP_URL=amqp://daginstitution:kode@localhost:5672/debitor dotnet run -- ../../meddelelser/variant-2-senere.xml
//
// Brugeren i AMQP_URL er fagsystemets id. Den må skrive til debitor.anmodning og læse sin egen kø, og ikke andet.
using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

XNamespace dka = "urn:oio:debitor:debitorkontoanmodning:1.0";
XNamespace k = "http://kombit.dk/xml/schemas/kontekst/2017/01/01/";
var ventetid = TimeSpan.FromSeconds(60);

var url = new Uri(Environment.GetEnvironmentVariable("AMQP_URL") ?? throw new InvalidOperationException("AMQP_URL mangler"));
var fagsystem = Uri.UnescapeDataString(url.UserInfo.Split(':', 2)[0]);
// Gem den, før der sendes: sendes den samme anmodning igen under den, udføres den kun én gang.
var anmodningId = Guid.NewGuid().ToString();
var requestId = Guid.NewGuid().ToString();

var fabrik = new ConnectionFactory { Uri = url, ClientProvidedName = $"fagsystem {fagsystem}" };
await using var forbindelse = await fabrik.CreateConnectionAsync();

// I drift: en entydig nøgle i databasen, skrevet i samme transaktion som svaret. Det samme svar igen har det samme message_id.
var gemt = new ConcurrentDictionary<string, bool>();
var faerdig = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
await using var kanal = await forbindelse.CreateChannelAsync();
await kanal.BasicQosAsync(prefetchSize: 0, prefetchCount: 50, global: false);
var forbruger = new AsyncEventingBasicConsumer(kanal);
forbruger.ReceivedAsync += async (_, levering) =>
{
    var svar = levering.BasicProperties;
    var kode = svar.Headers?["kvittering-kode"] is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "";
    var art = levering.RoutingKey.Contains(".svar.") ? "svar" : "kvittering";
    if (!gemt.ContainsKey(svar.MessageId ?? ""))
    {
        // Her gemmes kroppen. Først derefter er den set, og først derefter kvitteres der til RabbitMQ.
        Console.WriteLine($"{art} {kode} {svar.CorrelationId} ({levering.Body.Length} bytes)");
        gemt.TryAdd(svar.MessageId ?? "", true);
    }
    await kanal.BasicAckAsync(levering.DeliveryTag, multiple: false);
    if (svar.CorrelationId == anmodningId && (art == "svar" || kode != "MODTAGET")) faerdig.TrySetResult();
};
await kanal.BasicConsumeAsync($"debitor.svar.{fagsystem}", autoAck: false, forbruger);

var dokument = XDocument.Load(args[0]);
dokument.Descendants(k + "TransaktionsId").First().Value = $"csharp-{anmodningId}";
dokument.Descendants(k + "RequestId").First().Value = requestId;
dokument.Descendants(dka + "AnmodningIdentifikator").First().Value = anmodningId;
using var krop = new MemoryStream();
dokument.Save(krop);

// Med sporing af bekræftelser venter BasicPublishAsync på dem, og kaster, hvis meddelelsen afvises eller returneres.
var medBekraeftelser = new CreateChannelOptions(
    publisherConfirmationsEnabled: true,
    publisherConfirmationTrackingEnabled: true);
await using var sender = await forbindelse.CreateChannelAsync(medBekraeftelser);
var egenskaber = new BasicProperties
{
    ContentType = "application/xml",
    DeliveryMode = DeliveryModes.Persistent,
    MessageId = requestId,
    CorrelationId = anmodningId,
    UserId = fagsystem,
};
await sender.BasicPublishAsync(
    exchange: "debitor.anmodning",
    routingKey: $"debitorkonto.{fagsystem}",
    mandatory: true,
    basicProperties: egenskaber,
    body: krop.ToArray());
Console.WriteLine($"sendt {anmodningId}");

try
{
    await faerdig.Task.WaitAsync(ventetid);
    return 0;
}
catch (TimeoutException)
{
    Console.Error.WriteLine("der kom intet svar i tide; kommer det senere, ligger det i køen. Kommer det aldrig: "
        + "kontrollér bruger, routing key og AfsenderItSystemInstans (DA-120)");
    return 2;
}
