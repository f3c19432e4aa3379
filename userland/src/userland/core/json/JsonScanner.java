// SPDX-License-Identifier: BSD-2-Clause
package userland.core.json;

import userland.core.text.InputError;

/** Characters of a JSON text: blanks, comments, strings, words, and where we are. */
final class JsonScanner {
    private static final char END = 0;

    private final String file;
    private final String text;
    private int at;
    private int line = 1;

    JsonScanner(String file, String text) {
        this.file = file;
        this.text = text;
    }

    String file() {
        return file;
    }

    int line() {
        return line;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return atEnd() ? END : text.charAt(at);
    }

    InputError error(String problem) {
        return new InputError(file, line, problem);
    }

    /** The next character as a message shows it. */
    String shown() {
        return atEnd() ? "the end of the file" : "'" + peek() + "'";
    }

    private char next() {
        char c = text.charAt(at++);
        if (c == '\n') {
            line++;
        }
        return c;
    }

    void skipBlanks() {
        while (!atEnd()) {
            if (Character.isWhitespace(peek()) || peek() == '\uFEFF') {
                next();
            } else if (peek() == '#' || text.startsWith("//", at)) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (!atEnd() && peek() != '\n') {
            next();
        }
    }

    private void skipBlockComment() {
        int start = line;
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new InputError(file, start, "comment is never closed");
        }
        while (at < end + 2) {
            next();
        }
    }

    void expect(char wanted) {
        skipBlanks();
        if (peek() != wanted || atEnd()) {
            throw error("expected '" + wanted + "' but found " + shown());
        }
        next();
    }

    /** Whether the bracket closes here; takes it when it does. */
    boolean closes(char bracket, String what, int openedOn) {
        skipBlanks();
        if (atEnd()) {
            throw error(what + " opened on line " + openedOn + " is never closed");
        }
        if (peek() != bracket) {
            return false;
        }
        next();
        return true;
    }

    /** Takes the comma between two elements; the closing bracket may follow with or without one. */
    void separator(char bracket) {
        skipBlanks();
        if (peek() == ',') {
            next();
        } else if (peek() != bracket && !atEnd()) {
            throw error("expected ',' or '" + bracket + "' but found " + shown());
        }
    }

    /** A run of characters that can make up a number or a literal. */
    String word() {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(peek()) || "+-._".indexOf(peek()) >= 0)) {
            next();
        }
        return text.substring(start, at);
    }

    String string() {
        int start = line;
        next();
        StringBuilder out = new StringBuilder();
        while (true) {
            if (atEnd() || peek() == '\n') {
                throw new InputError(file, start, "string is never closed");
            }
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        if (atEnd()) {
            throw error("string is never closed");
        }
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw error("unknown escape '\\" + c + "'");
        };
    }

    private char unicode() {
        try {
            char value = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return value;
        } catch (StringIndexOutOfBoundsException | NumberFormatException bad) {
            throw error("'\\u' needs four hexadecimal digits");
        }
    }
}
