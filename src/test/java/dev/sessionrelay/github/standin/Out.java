package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the stand-in answers. */
@SuppressWarnings("ArrayRecordComponent")
record Out(int status, String type, byte[] body, Map<String, String> headers) {

    static Out json(int status, JsonNode json) {
        return new Out(
                status, "application/json; charset=utf-8", json.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Out nothing(int status) {
        return new Out(status, "", new byte[0], Map.of());
    }

    static Out html(int status) {
        String page = "<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head><body>" + status
                + "</body></html>\n";
        return new Out(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Out with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Out(status, type, body, more);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
