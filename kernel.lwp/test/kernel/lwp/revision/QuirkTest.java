// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.QuirkChoice;
import kernel.sched.quirk.NamedQuirk;
import kernel.sched.quirk.QuirkSwitches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every documented defect, on and off, in every revision that can show it. */
class QuirkTest {
    static Stream<Arguments> cases() {
        return Arrays.stream(LwpQuirk.values()).flatMap(quirk -> QuirkScenarios.of(quirk).revisions().stream()
                .flatMap(lwp -> Stream.of(true, false).map(on -> Arguments.of(quirk, lwp, on))));
    }

    private static String run(LwpQuirk quirk, KernelConfig config) {
        QuirkScenarios.Scenario scenario = QuirkScenarios.of(quirk);
        String[] says = new String[1];
        try (TestKernel kernel = new TestKernel(config.withCpus(scenario.cpus()))) {
            kernel.spawn(user -> {
                scenario.program().run(user, says);
                user.call("exit", 0);
            });
            kernel.run();
            kernel.assertSound();
        }
        return says[0];
    }

    @ParameterizedTest
    @MethodSource("cases")
    void showsWhetherItIsOn(LwpQuirk quirk, String lwp, boolean on) {
        KernelConfig config = TestKernel.config(lwp).withQuirk(new QuirkChoice(quirk.name(), on));
        QuirkScenarios.Scenario scenario = QuirkScenarios.of(quirk);
        assertEquals(on ? scenario.on() : scenario.off(), run(quirk, config));
    }

    /** Without a choice, the revisions that are said to have it do, and the others do not. */
    @ParameterizedTest
    @EnumSource(LwpQuirk.class)
    void theRevisionDecidesAtFirst(LwpQuirk quirk) {
        QuirkScenarios.Scenario scenario = QuirkScenarios.of(quirk);
        for (String lwp : scenario.revisions()) {
            boolean has = lwp.equals("exhausted") || quirk.variants().contains(lwp);
            assertEquals(has ? scenario.on() : scenario.off(), run(quirk, TestKernel.config(lwp)), lwp);
        }
    }

    /** The repairs do not get into each other's way. */
    @ParameterizedTest
    @EnumSource(LwpQuirk.class)
    void withAllOffTheRepairedBehaviourHolds(LwpQuirk quirk) {
        QuirkScenarios.Scenario scenario = QuirkScenarios.of(quirk);
        for (String lwp : scenario.revisions()) {
            KernelConfig config = TestKernel.config(lwp).withQuirk(new QuirkChoice(QuirkChoice.ALL, false));
            boolean onlyWhileAsleep = quirk == LwpQuirk.SUSPEND_KEEPS_OLD_TARGET;
            assertEquals(onlyWhileAsleep ? "0" : scenario.off(), run(quirk, config), lwp);
        }
    }

    @Test
    void aChoiceOutlivesASwap() {
        LwpQuirk quirk = LwpQuirk.UNPARK_ALL_SKIPS_MISSING;
        try (TestKernel kernel = new TestKernel("1.47", 1)) {
            QuirkSwitches<LwpQuirk> switches = kernel.kernel().processes().quirks();
            assertTrue(switches.on(quirk) && !switches.chosen(quirk));
            kernel.swap("lwp", "1.84");
            assertTrue(!switches.on(quirk));
            kernel.swap("lwp", "1.47");
            assertTrue(switches.on(quirk));
            kernel.kernel().quirks().choose(new QuirkChoice("l2", false));
            kernel.swap("lwp", "1.84");
            kernel.swap("lwp", "1.47");
            assertTrue(!switches.on(quirk) && switches.chosen(quirk));
        }
    }

    @Test
    void idsAndNamesAreUniqueInAKernel() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Set<String> seen = new HashSet<>();
            List<String> slots = new ArrayList<>();
            for (QuirkSwitches<?> slot : kernel.kernel().quirks().slots()) {
                slots.add(slot.slot());
                for (NamedQuirk quirk : (List<? extends NamedQuirk>) slot.quirks()) {
                    assertTrue(seen.add(quirk.id()) && seen.add(quirk.name()), quirk.id());
                    assertNotEquals("", quirk.description());
                }
            }
            assertEquals(List.of("vm", "lwp", "sched"), slots);
        }
    }

    @Test
    void anUnknownQuirkKeepsTheKernelFromBooting() {
        KernelConfig config = TestKernel.config("1.84").withQuirk(new QuirkChoice("L99", false));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new TestKernel(config)).getMessage()
                .contains("L99"));
        for (String text : List.of("L1", "=on", "L1=maybe")) {
            assertThrows(IllegalArgumentException.class, () -> QuirkChoice.parse(text), text);
        }
        assertEquals(new QuirkChoice("L1", true), QuirkChoice.parse("L1=on"));
    }
}
