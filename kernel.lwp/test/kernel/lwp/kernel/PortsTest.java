// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import machine.core.slot.GuardedPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A port that leaves out a method of its interface would answer with the interface's default, and not ask its variant. */
class PortsTest {
    private static List<String> leftOut(Class<?> port) throws NoSuchMethodException {
        List<String> names = new ArrayList<>();
        for (Class<?> type = port; type != null; type = type.getSuperclass()) {
            for (Class<?> face : type.getInterfaces()) {
                for (Method method : face.getMethods()) {
                    if (!Modifier.isStatic(method.getModifiers())
                            && port.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass().isInterface()) {
                        names.add(method.toString());
                    }
                }
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel.vm.system.PmapPort", "kernel.vm.system.ModulePort", "kernel.lwp.proc.RevisionPort",
        "kernel.lwp.kernel.MachinePort", "kernel.lwp.kernel.CodecPort", "kernel.lwp.kernel.FramesPort",
        "kernel.lwp.kernel.WalkerPort", "kernel.lwp.kernel.FpuPort", "kernel.lwp.kernel.TrapPort"})
    void aPortHasEveryMethodOfItsInterface(String name) throws ReflectiveOperationException {
        assertEquals(List.of(), leftOut(Class.forName(name)));
    }

    /** An interface with a default method. */
    private interface Face {
        default int answer() {
            return 0;
        }
    }

    /** A port that forgot it. */
    private abstract static class Forgetful extends GuardedPort<Face> implements Face {
    }

    @Test
    void oneThatLeavesOutADefaultMethodIsNoticed() throws NoSuchMethodException {
        assertFalse(leftOut(Forgetful.class).isEmpty());
    }
}
