// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import org.junit.jupiter.api.Test;

class SyscallTableTest {
    private final SyscallTable table = new SyscallTable();

    private static SyscallDescriptor call(String name, Abi abi, int number) {
        return new SyscallDescriptor(name, number, abi, List.of(), ResultKind.NONE, frame -> 0);
    }

    @Test
    void findsCallsByNameAndByNumber() {
        SyscallDescriptor first = call("first", Abi.NETBSD, 7);
        SyscallDescriptor other = call("other", Abi.FREEBSD, 7);
        table.addAll(List.of(other, first));
        assertSame(first, table.find("first"));
        assertSame(first, table.find(Abi.NETBSD, 7));
        assertSame(other, table.find(Abi.FREEBSD, 7));
        assertNull(table.find("third"));
        assertNull(table.find(Abi.NETBSD, 8));
        assertEquals(List.of(first, other), table.all());
    }

    @Test
    void refusesATakenNameOrNumberAndThenAddsNothing() {
        SyscallDescriptor first = call("first", Abi.NETBSD, 7);
        table.add(first);
        for (SyscallDescriptor clash : List.of(call("first", Abi.NETBSD, 8), call("second", Abi.NETBSD, 7))) {
            String message = assertThrows(IllegalArgumentException.class,
                    () -> table.addAll(List.of(call("third", Abi.NETBSD, 9), clash))).getMessage();
            assertTrue(message.contains("clashes with first"), message);
            assertEquals(List.of(first), table.all());
            assertNull(table.find(Abi.NETBSD, 9));
        }
    }

    @Test
    void removesOnlyThatVeryCall() {
        SyscallDescriptor first = call("first", Abi.NETBSD, 7);
        table.add(first);
        table.remove(call("first", Abi.NETBSD, 7));
        assertSame(first, table.find(Abi.NETBSD, 7));
        table.remove(first);
        assertNull(table.find("first"));
        assertNull(table.find(Abi.NETBSD, 7));
    }
}
