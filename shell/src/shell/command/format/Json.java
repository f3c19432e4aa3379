// SPDX-License-Identifier: BSD-2-Clause
package shell.command.format;

import java.util.Iterator;
import java.util.Map;
import shell.command.format.Fields.FieldOf;

/**
 * Writes results as JSON (RFC 8259): records and DTOs as objects with the names of their fields, numbers
 * in their units, everything else in the obvious way.
 */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {
    }

    /** The JSON text of a result, on one line. */
    public static String of(Object result) {
        Json json = new Json();
        json.value(result);
        return json.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case null -> out.append("null");
            case Worded worded when worded.data() != worded -> value(worded.data());
            case Boolean flag -> out.append(flag);
            case Double number -> out.append(Double.isFinite(number) ? number.toString() : "null");
            case Number number -> out.append(number);
            case CharSequence text -> string(text);
            case Enum<?> constant -> string(constant.name());
            case Map<?, ?> map -> object(map);
            case Iterable<?> list when !(value instanceof java.nio.file.Path) -> array(list);
            case long[] numbers -> array(java.util.Arrays.stream(numbers).boxed().toList());
            default -> other(value);
        }
    }

    private void other(Object value) {
        if (Fields.known(value.getClass())) {
            fields(value);
        } else {
            string(value.toString());
        }
    }

    private void fields(Object value) {
        String separator = "{";
        for (FieldOf field : Fields.of(value.getClass())) {
            out.append(separator);
            string(field.name());
            out.append(':');
            value(field.of(value));
            separator = ",";
        }
        out.append(separator.equals("{") ? "{}" : "}");
    }

    private void object(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(entry.getKey().toString());
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(Iterable<?> list) {
        out.append('[');
        for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
            value(i.next());
            out.append(i.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private void string(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || Character.isSurrogate(c)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
