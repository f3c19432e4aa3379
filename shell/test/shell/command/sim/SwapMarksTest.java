// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import shell.command.svg.Svg;
import userland.sim.SimReport;

class SwapMarksTest {
    private static SimReport.Swap swap(String slot, String to, long atNanos) {
        SimReport.Swap swap = new SimReport.Swap();
        swap.slot = slot;
        swap.to = to;
        swap.atNanos = atNanos;
        return swap;
    }

    @Test
    void wordsThatWouldOverlapStandInTwoRows() {
        SwapMarks marks = new SwapMarks(List.of(swap("sched", "m2", 100), swap("lwp", "1.47", 105), swap("vm", "fixed", 500)),
                1);
        assertEquals(28, marks.height());
        Svg svg = new Svg(600, 100, "marks");
        marks.draw(svg, 10, 20, 90);
        String text = svg.toString();
        assertTrue(text.contains("x=\"112\" y=\"32\"") && text.contains("x=\"117\" y=\"46\"")
                && text.contains("x=\"512\" y=\"32\""), text);
        assertTrue(text.contains("<line x1=\"115\" y1=\"34\" x2=\"115\" y2=\"90\""), text);
    }

    @Test
    void withoutSwapsThereIsNoRoomForThem() {
        assertEquals(0, new SwapMarks(List.of(), 1).height());
    }
}
