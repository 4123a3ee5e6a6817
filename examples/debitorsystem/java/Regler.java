import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Et lille debitorsystems debitorkonti, og hvad handlingstyperne gør ved dem: dets egen sag og ikke adapterens. Beløb er
 * hele øre i en long. Det kender de handlingstyper, der ser på hver fordring for sig (variant 1 og 2); de andre afviser det.
 */
final class Regler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> AABNE = List.of("AABEN", "SAT_I_BERO", "TIL_INDDRIVELSE");
  private static final long STOERST = 9_999_999_999_999L;
  private static final List<String> KENDTE =
      List.of("AENDR_TILSTAND", "NEDSKRIV", "OPSKRIV", "TILBAGEKALD", "AFSKRIV", "HENSTAND");
  private static final Map<String, String> TEKSTER = Map.of(
      "DA-103", "En parameter mangler eller er ugyldig",
      "DA-201", "Debitorkontoen findes ikke",
      "DA-202", "Fordringen findes ikke under debitorkontoen",
      "DA-203", "Fordringen er ikke i en tilstand, hvor det kan udføres",
      "DA-204", "Beløbet er større, end der er dækning for, eller resultatet kan ikke rummes",
      "EKS-001", "Handlingstypen kendes ikke i denne variant eller for denne objekttype");

  private static final class Fordring {
    String tilstand;
    String forfaldsdato;
    long beloeb;
    long restbeloeb;

    boolean aaben() {
      return restbeloeb > 0 && AABNE.contains(tilstand);
    }
  }

  private final Map<String, Map<String, Fordring>> konti = new HashMap<>();
  private final Map<String, Long> opkraevningskonti = new HashMap<>();

  Regler(JsonNode data) {
    for (JsonNode konto : data.get("debitorkonti")) {
      Map<String, Fordring> fordringer = new LinkedHashMap<>();
      for (JsonNode givet : konto.get("fordringer")) {
        Fordring fordring = new Fordring();
        fordring.tilstand = givet.get("tilstand").asText();
        fordring.forfaldsdato = givet.get("forfaldsdato").asText();
        fordring.beloeb = oere(givet.get("beloeb"));
        fordring.restbeloeb = oere(givet.get("restbeloeb"));
        fordringer.put(givet.get("identifikator").asText(), fordring);
      }
      konti.put(kontonoegle(konto, konto.get("identifikator").asText()), fordringer);
    }
  }

  /** Udfører det af en kommando, der sker med det samme. De samme kommandoer i den samme rækkefølge giver det samme. */
  ObjectNode udfald(JsonNode kommando) {
    if (kommando.get("art").asText().equals("kontantIndbetaling")) {
      String kunde = kommando.get("kundeType").asText() + " " + kommando.get("kundeNummer").asText();
      opkraevningskonti.merge(kunde, oere(kommando.get("beloeb")), Long::sum);
      return JSON.createObjectNode().put("art", "udfoert");
    }
    boolean kendt = KENDTE.contains(kommando.get("handlingstype").asText())
        && kommando.get("handling").get("variant").asInt() <= 2
        && kommando.get("objektType").asText().equals("FORDRING");
    if (!kendt) return afvist(List.of("EKS-001"));
    Map<String, Fordring> konto = kontoFor(kommando);
    if (konto == null) return afvist(List.of("DA-201"));
    List<String> koder = new ArrayList<>();
    for (String id : valgte(kommando, konto)) if (!konto.containsKey(id)) koder.add("DA-202");
    if (!koder.isEmpty()) return afvist(koder);
    if (kommando.get("svarform").asText().equals("SENERE")) return JSON.createObjectNode().put("art", "accepteretTilSenere");
    for (String id : valgte(kommando, konto)) {
      String kode = hindring(kommando, konto.get(id));
      if (kode != null) koder.add(kode);
    }
    if (valgte(kommando, konto).isEmpty()) koder.add("DA-203");
    // STRAKS er alt eller intet.
    if (!koder.isEmpty()) return afvist(koder);
    ObjectNode udfald = JSON.createObjectNode().put("art", "udfoert");
    udfald.putObject("resultat").set("fordringer", udfoerHver(kommando));
    return udfald;
  }

  /** Udfører det, der blev accepteret til senere. @return svarets status, resultat og fejl. */
  ObjectNode svar(JsonNode kommando) {
    ArrayNode linjer = udfoerHver(kommando);
    int lykkedes = 0;
    for (JsonNode linje : linjer) if (linje.get("resultat").asText().equals("GENNEMFOERT")) lykkedes++;
    String status = lykkedes == 0 ? "AFVIST" : lykkedes == linjer.size() ? "GENNEMFOERT" : "DELVIST_GENNEMFOERT";
    ObjectNode svar = JSON.createObjectNode().put("status", status);
    svar.putObject("resultat").set("fordringer", linjer);
    if (linjer.isEmpty()) svar.set("fejl", fejl(List.of("DA-203")));
    return svar;
  }

  /** Gør det ved hver fordring, det kan gøres ved, og siger det om hver. */
  private ArrayNode udfoerHver(JsonNode kommando) {
    ArrayNode linjer = JSON.createArrayNode();
    Map<String, Fordring> konto = kontoFor(kommando);
    for (String id : valgte(kommando, konto)) {
      String kode = hindring(kommando, konto.get(id));
      ObjectNode linje = linjer.addObject().put("fordring", id).put("resultat", kode == null ? "GENNEMFOERT" : "AFVIST");
      if (kode == null) anvend(kommando, konto.get(id));
      else linje.set("fejl", fejl(List.of(kode)));
    }
    return linjer;
  }

  /** Hvorfor det ikke kan gøres ved fordringen; null: det kan det. */
  private static String hindring(JsonNode kommando, Fordring f) {
    JsonNode parametre = kommando.get("parametre");
    if (!f.aaben()) return "DA-203";
    return switch (kommando.get("handlingstype").asText()) {
      case "AENDR_TILSTAND" -> AABNE.contains(tilstand(parametre)) ? null : "DA-103";
      case "NEDSKRIV" -> beloeb(parametre) <= 0 ? "DA-103" : beloeb(parametre) > f.restbeloeb ? "DA-204" : null;
      case "OPSKRIV" -> beloeb(parametre) <= 0 ? "DA-103" : f.beloeb + beloeb(parametre) > STOERST ? "DA-204" : null;
      case "HENSTAND" -> !parametre.has("virkningDato") ? "DA-103"
          : parametre.get("virkningDato").asText().compareTo(f.forfaldsdato) <= 0 ? "DA-203" : null;
      default -> null;
    };
  }

  private static void anvend(JsonNode kommando, Fordring f) {
    JsonNode parametre = kommando.get("parametre");
    switch (kommando.get("handlingstype").asText()) {
      case "AENDR_TILSTAND" -> f.tilstand = tilstand(parametre);
      case "NEDSKRIV" -> reguler(f, -beloeb(parametre));
      case "OPSKRIV" -> reguler(f, beloeb(parametre));
      case "TILBAGEKALD" -> luk(f, "TILBAGEKALDT");
      case "AFSKRIV" -> luk(f, "AFSKREVET");
      default -> f.forfaldsdato = parametre.get("virkningDato").asText();
    }
  }

  private static void reguler(Fordring f, long aendring) {
    f.beloeb += aendring;
    f.restbeloeb += aendring;
    if (f.restbeloeb == 0) f.tilstand = "UDLIGNET";
  }

  private static void luk(Fordring f, String tilstand) {
    f.restbeloeb = 0;
    f.tilstand = tilstand;
  }

  /** Variant 2 nævner dem; i variant 1 menes alle de åbne. */
  private static List<String> valgte(JsonNode kommando, Map<String, Fordring> konto) {
    List<String> ider = new ArrayList<>();
    JsonNode navngivne = kommando.get("handling").get("fordringer");
    if (navngivne != null) navngivne.forEach(id -> ider.add(id.asText()));
    else konto.forEach((id, fordring) -> { if (fordring.aaben()) ider.add(id); });
    return ider;
  }

  private Map<String, Fordring> kontoFor(JsonNode kommando) {
    return konti.get(kontonoegle(kommando, kommando.get("handling").get("debitorkonto").asText()));
  }

  private static String kontonoegle(JsonNode hvis, String identifikator) {
    return String.join("\n", hvis.get("fagsystem").asText(), hvis.get("myndighed").asText(), identifikator);
  }

  /** "-12.05" er -1205: skemaet lover to decimaler. */
  private static long oere(JsonNode tekst) {
    return Long.parseLong(tekst.asText().replace(".", ""));
  }

  private static long beloeb(JsonNode parametre) {
    return parametre.has("beloeb") ? oere(parametre.get("beloeb")) : 0;
  }

  private static String tilstand(JsonNode parametre) {
    for (JsonNode en : parametre.get("parametre")) {
      if (en.get("navn").asText().equals("Tilstand")) return en.get("vaerdi").asText();
    }
    return "";
  }

  private static ArrayNode fejl(List<String> koder) {
    ArrayNode liste = JSON.createArrayNode();
    for (String kode : koder) liste.addObject().put("kode", kode).put("tekst", TEKSTER.get(kode));
    return liste;
  }

  private static ObjectNode afvist(List<String> koder) {
    return JSON.createObjectNode().put("art", "afvist").set("fejl", fejl(koder));
  }
}
