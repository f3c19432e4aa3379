// SPDX-License-Identifier: BSD-2-Clause
package userland.core.json;

import java.math.BigDecimal;
import java.util.List;

/** A value of a JSON text, with the line it starts on. */
public sealed interface JsonNode {
    /** Line, from 1. */
    int line();

    /** What a message calls this kind of value. */
    String kind();

    /** An object: its members in order, repeated keys kept. */
    record Obj(int line, List<Member> members) implements JsonNode {
        @Override
        public String kind() {
            return "an object";
        }

        /** The value of the last member of that name, or null; the last one wins, as in common JSON readers. */
        public JsonNode last(String key) {
            JsonNode found = null;
            for (Member member : members) {
                if (member.key().equals(key)) {
                    found = member.value();
                }
            }
            return found;
        }
    }

    /** A key and its value; a key that stands alone, as rt-app files have it, has {@link Null} as value. */
    record Member(int line, String key, JsonNode value) {
    }

    /** An array. */
    record Arr(int line, List<JsonNode> items) implements JsonNode {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** A string. */
    record Str(int line, String text) implements JsonNode {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number. */
    record Num(int line, BigDecimal value) implements JsonNode {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(int line, boolean value) implements JsonNode {
        @Override
        public String kind() {
            return "a boolean";
        }
    }

    /** {@code null}, or the value of a key that stands alone. */
    record Null(int line) implements JsonNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}
