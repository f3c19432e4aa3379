// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import userland.core.json.JsonNode;
import userland.core.text.InputError;

/** Typed access to JSON values, with messages that name file, line and key. */
final class JsonAccess {
    private final String file;

    JsonAccess(String file) {
        this.file = file;
    }

    InputError error(int line, String problem) {
        return new InputError(file, line, problem);
    }

    JsonNode.Obj object(String key, JsonNode value) {
        if (value instanceof JsonNode.Obj object) {
            return object;
        }
        throw wrongKind(key, "an object", value);
    }

    String string(String key, JsonNode value) {
        if (value instanceof JsonNode.Str string && !string.text().isEmpty()) {
            return string.text();
        }
        throw wrongKind(key, "a non-empty string", value);
    }

    /** A whole number within the bounds. */
    long whole(String key, JsonNode value, long min, long max) {
        if (!(value instanceof JsonNode.Num number)) {
            throw wrongKind(key, "a number", value);
        }
        try {
            long result = number.value().longValueExact();
            if (result >= min && result <= max) {
                return result;
            }
        } catch (ArithmeticException notWhole) {
            throw error(value.line(), "\"" + key + "\" must be a whole number, not " + number.value());
        }
        throw error(value.line(), "\"" + key + "\" must be between " + min + " and " + max + ", not " + number.value());
    }

    /** Microseconds as nanoseconds. */
    long micros(String key, JsonNode value) {
        return whole(key, value, 0, Long.MAX_VALUE / 1_000_000) * 1_000;
    }

    /** Seconds, perhaps with a fraction, as nanoseconds; negative stays negative. */
    long seconds(String key, JsonNode value) {
        if (!(value instanceof JsonNode.Num number)) {
            throw wrongKind(key, "a number of seconds", value);
        }
        BigDecimal nanos = number.value().movePointRight(9);
        if (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw error(value.line(), "\"" + key + "\" is out of range: " + number.value());
        }
        return nanos.longValue();
    }

    List<Integer> cpus(String key, JsonNode value) {
        if (!(value instanceof JsonNode.Arr array) || array.items().isEmpty()) {
            throw wrongKind(key, "an array of CPU numbers", value);
        }
        List<Integer> cpus = new ArrayList<>();
        for (JsonNode item : array.items()) {
            cpus.add((int) whole(key, item, 0, 1023));
        }
        return List.copyOf(cpus);
    }

    /** A name given as a string, or as the {@code ref} of an object. */
    String reference(String key, JsonNode value) {
        return value instanceof JsonNode.Obj object ? required(key, object, "ref") : string(key, value);
    }

    /** A string member that must be there. */
    String required(String key, JsonNode.Obj object, String member) {
        return string(key + "." + member, requiredNode(key, object, member));
    }

    JsonNode requiredNode(String key, JsonNode.Obj object, String member) {
        JsonNode value = object.last(member);
        if (value == null) {
            throw error(object.line(), "\"" + key + "\" lacks \"" + member + "\"");
        }
        return value;
    }

    private InputError wrongKind(String key, String wanted, JsonNode value) {
        return error(value.line(), "\"" + key + "\" must be " + wanted + ", not " + value.kind());
    }
}
