// SPDX-License-Identifier: BSD-2-Clause
package userland.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.text.InputError;

class JsonReaderTest {
    /** The value in standard notation, so that tables can be compared. */
    private static String show(JsonNode node) {
        return switch (node) {
            case JsonNode.Obj object -> object.members().stream()
                    .map(member -> member.key() + ":" + show(member.value()))
                    .collect(Collectors.joining(",", "{", "}"));
            case JsonNode.Arr array ->
                array.items().stream().map(JsonReaderTest::show).collect(Collectors.joining(",", "[", "]"));
            case JsonNode.Str string -> "'" + string.text() + "'";
            case JsonNode.Num number -> number.value().toPlainString();
            case JsonNode.Bool bool -> String.valueOf(bool.value());
            case JsonNode.Null unused -> "null";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{}|{}",
        "[1, -2.5, 1e3]|[1,-2.5,1000]",
        "{\"a\":1,\"a\":2,\"b\":[true,false,null],}|{a:1,a:2,b:[true,false,null]}",
        "/* c */ {\"a\" /* x */ : 1 /* , */}|{a:1}",
        "{\"suspend\", \"run\" : 5}|{suspend:null,run:5}",
        "{\"run\" : 5, \"suspend\"}|{run:5,suspend:null}",
        "[[],[1,],]|[[],[1]]",
        "{\"a\":\"x\\u0041\\t\\\"\"}|{a:'xA\t\"'}"})
    void readsWhatRtAppFilesContain(String text, String expected) {
        assertEquals(expected, show(JsonReader.read("f", text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{|f:1: object opened on line 1 is never closed",
        "{\"a\":}|f:1: expected a value but found '}'",
        "{a:1}|f:1: expected a key in double quotes but found 'a'",
        "{\"a\" 1}|f:1: expected ':' but found '1'",
        "[1 2]|f:1: expected ',' or ']' but found '2'",
        "[nul]|f:1: 'nul' is neither a number nor true, false or null",
        "{} x|f:1: unexpected 'x' after the end of the value",
        "[\"a|f:1: string is never closed",
        "[\"\\q\"]|f:1: unknown escape '\\q'",
        "[\"\\u12\"]|f:1: '\\u' needs four hexadecimal digits",
        "/* [|f:1: comment is never closed",
        "''|f:1: expected a value but found '''"})
    void namesFileAndLineOfWhatIsWrong(String text, String message) {
        assertEquals(message, assertThrows(InputError.class, () -> JsonReader.read("f", text)).getMessage());
    }

    @Test
    void skipsCommentsToTheEndOfTheLine() {
        assertEquals("{a:1,b:2}", show(JsonReader.read("f", "{\"a\": 1, // end\n\"b\": 2 # more\n}")));
    }

    @Test
    void countsLines() {
        String text = "{\n/*\n*/\n\"a\": ?}";
        String message = assertThrows(InputError.class, () -> JsonReader.read("f", text)).getMessage();
        assertEquals("f:4: expected a value but found '?'", message);
    }

    @Test
    void refusesToNestWithoutEnd() {
        assertThrows(InputError.class, () -> JsonReader.read("f", "[".repeat(100_000)));
    }

    @Test
    void theLastOfRepeatedKeysWinsWhereOneIsWanted() {
        JsonNode.Obj object = assertInstanceOf(JsonNode.Obj.class, JsonReader.read("f", "{\"a\":1,\"a\":2}"));
        assertEquals("2", show(object.last("a")));
        assertEquals(null, object.last("b"));
    }
}
