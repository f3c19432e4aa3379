// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** How many tests passed, failed and were skipped. */
record Totals(int passed, int failed, int skipped) {

    /** Adds up all JUnit XML reports below a folder. */
    static Totals read(Path reports) throws IOException {
        Totals sum = new Totals(0, 0, 0);
        for (Path report : Trees.files(reports, ".xml")) {
            NodeList suites = parse(report).getElementsByTagName("testsuite");
            for (int i = 0; i < suites.getLength(); i++) {
                sum = sum.plus(of((Element) suites.item(i)));
            }
        }
        return sum;
    }

    Totals plus(Totals other) {
        return new Totals(passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    /** The line that ends a test run. */
    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }

    private static Totals of(Element suite) {
        int failed = number(suite, "failures") + number(suite, "errors");
        int skipped = number(suite, "skipped");
        return new Totals(number(suite, "tests") - failed - skipped, failed, skipped);
    }

    private static int number(Element suite, String attribute) {
        String value = suite.getAttribute(attribute);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private static Document parse(Path report) throws IOException {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            // The default one prints what the exception says anyway.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(report.toFile());
        } catch (SAXException | ParserConfigurationException e) {
            throw new BuildFailure("%s is no test report: %s", report, e.getMessage());
        }
    }
}
