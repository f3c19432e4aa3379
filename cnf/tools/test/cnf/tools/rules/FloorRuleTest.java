// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorRuleTest {
    @TempDir
    Path folder;

    @Test
    void noFloorUsesOneAboveIt() throws IOException {
        List<String> violations = new ArrayList<>();
        for (String project : FloorRule.USES.keySet()) {
            violations.addAll(FloorRule.check(Repository.here().classes(project).values()));
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void acceptsWhatIsBelow() throws IOException {
        assertEquals(List.of(), check(
                "machine.core.Cpu", "public class Cpu { }",
                "kernel.lwp.Lwp", "public class Lwp { machine.core.Cpu cpu; }"));
    }

    @Test
    void findsACall() throws IOException {
        assertEquals(List.of("kernel/sched/Queue refers to kernel/lwp/Lwp"), check(
                "kernel.lwp.Lwp", "public class Lwp { public static int count() { return 0; } }",
                "kernel.sched.Queue", "class Queue { int n = kernel.lwp.Lwp.count(); }"));
    }

    @Test
    void findsATypeThatIsOnlyDeclared() throws IOException {
        assertEquals(List.of("kernel/sched/Queue refers to kernel/lwp/Lwp"), check(
                "kernel.lwp.Lwp", "public class Lwp { }",
                "kernel.sched.Queue", "interface Queue { void put(int i, kernel.lwp.Lwp[] l); }"));
    }

    @Test
    void findsTheUseOfAMachine() throws IOException {
        assertEquals(List.of("shell/Boot refers to machine/x86/Amd64"), check(
                "machine.x86.Amd64", "public class Amd64 { }",
                "shell.Boot", "class Boot { Object machine = new machine.x86.Amd64(); }"));
    }

    @Test
    void findsAClassOutsideAllFloors() throws IOException {
        assertEquals(List.of("attic/Box is on no floor"), check("attic.Box", "class Box { }"));
    }

    private List<String> check(String... namesAndBodies) throws IOException {
        Fixture fixture = new Fixture(folder);
        for (int i = 0; i < namesAndBodies.length; i += 2) {
            fixture.add(namesAndBodies[i], namesAndBodies[i + 1]);
        }
        return FloorRule.check(fixture.classes().values());
    }
}
