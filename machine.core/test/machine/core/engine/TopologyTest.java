// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @ParameterizedTest
    @CsvSource({"1,1,1,1,1", "8,1,8,1,1", "2x4,1,2,4,1", "2x4x2,1,2,4,2", "1x1x2,1,1,1,2", "2x1x4x2,2,1,4,2"})
    void readsWhatItWrites(String text, int nodes, int packages, int cores, int threads) {
        Topology topology = Topology.parse(text);
        assertEquals(new Topology(nodes, packages, cores, threads), topology);
        assertEquals(text, topology.text());
        assertEquals(nodes * packages * cores * threads, topology.cpus());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "2x", "x2", "2x0", "a", "2x2x2x2x2", "257", "16x17", "99999999999"})
    void refusesTheRest(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Topology.parse(text)).getMessage();
        assertTrue(message.contains(text) && message.contains("256"), message);
    }

    @Test
    void neighboursShareMost() {
        Topology topology = Topology.parse("2x1x2x2");
        List<String> places = new ArrayList<>();
        for (int i = 0; i < topology.cpus(); i++) {
            places.add(topology.node(i) + "" + topology.packageOf(i) + topology.core(i) + topology.thread(i));
        }
        assertEquals(List.of("0000", "0001", "0010", "0011", "1120", "1121", "1130", "1131"), places);
    }

    @Test
    void relationsGoRoundInCircles() {
        Topology topology = Topology.parse("2x2x2");
        assertEquals(List.of(5, 4), circle(5, topology::nextInCore));
        assertEquals(List.of(5, 6, 7, 4), circle(5, topology::nextInPackage));
        assertEquals(List.of(0, 4), circle(0, topology::firstOfNextPackage));
        assertEquals(4, topology.firstOfPackage(7));
    }

    private static List<Integer> circle(int start, IntUnaryOperator next) {
        List<Integer> members = new ArrayList<>();
        int at = start;
        do {
            members.add(at);
            at = next.applyAsInt(at);
        } while (at != start);
        return members;
    }
}
