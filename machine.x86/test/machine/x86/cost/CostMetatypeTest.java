// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Configuration Admin is told of the costs is what the code has. */
class CostMetatypeTest {
    @ParameterizedTest
    @CsvSource({"tagged.xml", "untagged.xml"})
    void defaultsAreThoseOfTheTable(String file) throws Exception {
        CostTable costs = file.equals("tagged.xml") ? ServerCosts.defaults() : ServerCosts.untagged();
        Map<Cost, Long> described = new EnumMap<>(Cost.class);
        NodeList attributes = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("machine.x86", "metatype", file).toFile()).getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String name = attribute.getAttribute("id").substring("cost.".length()).replace('.', '_');
            described.put(Cost.valueOf(name.toUpperCase(Locale.ROOT)), Long.valueOf(attribute.getAttribute("default")));
            assertTrue(attribute.getAttribute("description").startsWith("Source: "), name);
        }
        for (Cost cost : Cost.values()) {
            assertEquals(costs.nanos(cost), described.get(cost), cost.name());
        }
    }
}
