// SPDX-License-Identifier: BSD-2-Clause
package userland.core.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import userland.core.text.InputError;

/**
 * Reads JSON as rt-app files write it.
 *
 * <p>Beyond the standard it accepts comments of three styles, trailing commas, repeated keys (all are
 * kept, in order) and, inside an object, a key that stands alone.
 */
public final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final JsonScanner in;
    private int depth;

    private JsonReader(JsonScanner in) {
        this.in = in;
    }

    /**
     * The one value of a text.
     *
     * @param file name for messages
     * @throws InputError for malformed input
     */
    public static JsonNode read(String file, String text) {
        JsonReader reader = new JsonReader(new JsonScanner(file, text));
        JsonNode value = reader.value();
        reader.in.skipBlanks();
        if (!reader.in.atEnd()) {
            throw reader.in.error("unexpected " + reader.in.shown() + " after the end of the value");
        }
        return value;
    }

    private JsonNode value() {
        in.skipBlanks();
        int line = in.line();
        switch (in.peek()) {
            case '{':
                return nested(this::object);
            case '[':
                return nested(this::array);
            case '"':
                return new JsonNode.Str(line, in.string());
            default:
                String word = in.word();
                return switch (word) {
                    case "true" -> new JsonNode.Bool(line, true);
                    case "false" -> new JsonNode.Bool(line, false);
                    case "null" -> new JsonNode.Null(line);
                    case "" -> throw in.error("expected a value but found " + in.shown());
                    default -> number(line, word);
                };
        }
    }

    private JsonNode nested(java.util.function.Supplier<JsonNode> body) {
        if (++depth > MAX_DEPTH) {
            throw in.error("nested deeper than " + MAX_DEPTH + " levels");
        }
        JsonNode value = body.get();
        depth--;
        return value;
    }

    private JsonNode number(int line, String word) {
        try {
            return new JsonNode.Num(line, new BigDecimal(word));
        } catch (NumberFormatException notANumber) {
            throw new InputError(in.file(), line, "'" + word + "' is neither a number nor true, false or null");
        }
    }

    private JsonNode object() {
        int line = in.line();
        in.expect('{');
        List<JsonNode.Member> members = new ArrayList<>();
        while (!in.closes('}', "object", line)) {
            members.add(member());
            in.separator('}');
        }
        return new JsonNode.Obj(line, List.copyOf(members));
    }

    private JsonNode.Member member() {
        int line = in.line();
        if (in.peek() != '"') {
            throw in.error("expected a key in double quotes but found " + in.shown());
        }
        String key = in.string();
        in.skipBlanks();
        if (in.peek() == ',' || in.peek() == '}') {
            return new JsonNode.Member(line, key, new JsonNode.Null(line));
        }
        in.expect(':');
        return new JsonNode.Member(line, key, value());
    }

    private JsonNode array() {
        int line = in.line();
        in.expect('[');
        List<JsonNode> items = new ArrayList<>();
        while (!in.closes(']', "array", line)) {
            items.add(value());
            in.separator(']');
        }
        return new JsonNode.Arr(line, List.copyOf(items));
    }
}
