// SPDX-License-Identifier: BSD-2-Clause
package shell.command.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTest {
    @TempDir
    Path folder;

    private static Document parse(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void hasEveryShapeInOrder() throws Exception {
        Svg svg = new Svg(200, 100, "a <map> & \"more\"");
        svg.rect(1, 2.5, 30, 40.128, "#123456", "hint > 1").line(0, 0, 9, 9, "black");
        svg.text(5, 6, 10, "x < y").textBefore(50, 6, 10, "end");
        Document document = parse(svg.toString());
        assertEquals("200", document.getDocumentElement().getAttribute("width"));
        assertEquals("a <map> & \"more\"", document.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(2, document.getElementsByTagName("rect").getLength());
        assertTrue(svg.toString().contains("y=\"2.50\" width=\"30\" height=\"40.13\" fill=\"#123456\""));
        assertEquals("hint > 1", document.getElementsByTagName("rect").item(1).getTextContent());
        assertEquals("x < y", document.getElementsByTagName("text").item(0).getTextContent());
        assertTrue(svg.toString().contains("text-anchor=\"end\""));
    }

    @Test
    void writesTheFile() throws Exception {
        Path file = folder.resolve("a.svg");
        Svg svg = new Svg(10, 10, "t");
        svg.write(file);
        assertEquals(svg.toString(), Files.readString(file));
    }
}
