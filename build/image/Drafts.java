import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.Long;
import java.lang.Override;
import java.lang.String;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of GitHub as one draft release takes that is made, filled and read. */
final class Drafts implements HttpHandler {
    private static final Pattern NUMBER = Pattern.compile(".*/(\\d+)");
    private static final Pattern FIELD = Pattern.compile("\"(name|label|tag_name)\" ?: ?\"([^\"]*)\"");

    private record Asset(String name, String label, byte[] bytes) {}

    private final String api;
    private final Map<Long, Asset> assets = new ConcurrentSkipListMap<>();
    private String tag = "";
    private long last = 1;

    Drafts(String api) {
        this.api = api;
    }

    @Override
    public synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Matcher number = NUMBER.matcher(path);
        long id = number.matches() ? Long.parseLong(number.group(1)) : 0;
        String does = exchange.getRequestMethod() + (path.contains("/assets") ? " asset" : " release");
        switch (does) {
            case "POST release" -> {
                tag = field("tag_name", new String(sent, StandardCharsets.UTF_8));
                answer(exchange, 201, release());
            }
            case "POST asset" -> {
                String asked = exchange.getRequestURI().getQuery();
                assets.put(++last, new Asset(parameter("name", asked), parameter("label", asked), sent));
                answer(exchange, 201, asset(last));
            }
            case "PATCH asset" -> {
                String wish = new String(sent, StandardCharsets.UTF_8);
                assets.computeIfPresent(
                        id, (_, asset) -> new Asset(field("name", wish), field("label", wish), asset.bytes()));
                answer(exchange, 200, asset(id));
            }
            case "GET asset" -> {
                if (id == 0) {
                    answer(exchange, 200, list());
                } else {
                    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                    send(exchange, 200, assets.get(id).bytes());
                }
            }
            case "PATCH release" -> answer(exchange, 200, release());
            default -> answer(exchange, 200, tag.isEmpty() ? "[]" : "[" + release() + "]");
        }
    }

    private String release() {
        return "{\"id\":1,\"tag_name\":\"" + tag + "\",\"draft\":true,\"prerelease\":false,\"upload_url\":\"" + api
                + "/releases/1/assets{?name,label}\",\"html_url\":\"" + api + "/releases/1\",\"assets\":" + list()
                + "}";
    }

    private String list() {
        return assets.keySet().stream().map(this::asset).collect(Collectors.joining(",", "[", "]"));
    }

    private String asset(long id) {
        Asset asset = assets.get(id);
        return "{\"id\":" + id + ",\"name\":\"" + asset.name() + "\",\"label\":\"" + asset.label()
                + "\",\"state\":\"uploaded\",\"size\":" + asset.bytes().length
                + ",\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-01T00:00:00Z\"}";
    }

    private static String field(String name, String json) {
        return FIELD.matcher(json)
                .results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2))
                .findFirst()
                .orElse("");
    }

    private static String parameter(String name, String query) {
        Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        return found.find() ? found.group(1) : "";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
