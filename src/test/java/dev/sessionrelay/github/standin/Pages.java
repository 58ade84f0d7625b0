package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** One page of a list, and the link to the next. */
final class Pages {
    private Pages() {}

    static Out of(Ask ask, String address, List<? extends JsonNode> all) {
        int size = Math.min(100, ask.number("per_page", 30));
        int page = ask.number("page", 1);
        ArrayNode items = Shapes.JSON.createArrayNode();
        all.stream().skip((long) (page - 1) * size).limit(size).forEach(items::add);
        Out out = Out.json(200, items);
        int last = Math.max(1, (all.size() + size - 1) / size);
        return page >= last
                ? out
                : out.with(
                        "Link",
                        "<" + address + "?per_page=" + size + "&page=" + (page + 1) + ">; rel=\"next\", <" + address
                                + "?per_page=" + size + "&page=" + last + ">; rel=\"last\"");
    }
}
