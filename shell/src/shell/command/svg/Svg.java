// SPDX-License-Identifier: BSD-2-Clause
package shell.command.svg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A drawing: rectangles, lines and text, written as one SVG file that any browser shows.
 *
 * <p>Coordinates are pixels from the upper left corner. Every text is escaped here, so callers pass it as it is.
 * The same calls give the same bytes.
 */
public final class Svg {
    private static final String FONT = "font-family=\"monospace\"";

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;

    /** An empty drawing on white. */
    public Svg(double width, double height, String title) {
        this.width = width;
        this.height = height;
        body.append("<title>").append(escape(title)).append("</title>\n");
        rect(0, 0, width, height, "#ffffff", null);
    }

    /**
     * A filled rectangle.
     *
     * @param fill a colour as SVG writes it, such as {@code #88aacc}
     * @param hint what a browser shows while the pointer is on it, or null
     */
    public Svg rect(double x, double y, double w, double h, String fill, String hint) {
        body.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" width=\"")
                .append(number(w)).append("\" height=\"").append(number(h)).append("\" fill=\"").append(fill);
        if (hint == null) {
            body.append("\"/>\n");
        } else {
            body.append("\"><title>").append(escape(hint)).append("</title></rect>\n");
        }
        return this;
    }

    /** A line of one pixel. */
    public Svg line(double x1, double y1, double x2, double y2, String stroke) {
        body.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1)).append("\" x2=\"")
                .append(number(x2)).append("\" y2=\"").append(number(y2)).append("\" stroke=\"").append(stroke)
                .append("\"/>\n");
        return this;
    }

    /** Text that begins at {@code x}; {@code y} is its base line, {@code size} its height. */
    public Svg text(double x, double y, double size, String text) {
        return text(x, y, size, "start", text);
    }

    /** Text in bold that begins at {@code x}. */
    public Svg heading(double x, double y, double size, String text) {
        return text(x, y, size, "start\" font-weight=\"bold", text);
    }

    /** Text with {@code x} in its middle. */
    public Svg textAround(double x, double y, double size, String text) {
        return text(x, y, size, "middle", text);
    }

    /** Text that ends at {@code x}. */
    public Svg textBefore(double x, double y, double size, String text) {
        return text(x, y, size, "end", text);
    }

    private Svg text(double x, double y, double size, String anchor, String text) {
        body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" font-size=\"")
                .append(number(size)).append("\" text-anchor=\"").append(anchor).append("\" ").append(FONT)
                .append('>').append(escape(text)).append("</text>\n");
        return this;
    }

    /** Writes the file, replacing what was there. */
    public void write(Path file) throws IOException {
        Files.writeString(file, toString());
    }

    /** The whole file. */
    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + number(height)
                + "\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\">\n" + body + "</svg>\n";
    }

    /** At most two decimals, and none where they are zero. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
