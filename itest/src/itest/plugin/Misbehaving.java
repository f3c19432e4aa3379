// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A shipped variant, or a part of one, that does something else in one callback after a while.
 *
 * <p>It stands in the bundle of a third party, so that its loops have the safepoints that bundles get. It returns by
 * itself only from those ways that are answers.
 */
public final class Misbehaving implements InvocationHandler {
    private static final Set<String> PARTS = Set.of("kernel.vm.map.EntryIndex", "kernel.vm.pmap.PmapModule",
            "kernel.vm.pmap.Pmap", "machine.core.mmu.Walker", "kernel.lwp.machine.UserContextCodec",
            "kernel.lwp.machine.SignalFrames", "kernel.lwp.machine.FpuFormat", "kernel.lwp.machine.TrapAbi");

    private final Object good;
    private final Fault fault;

    private Misbehaving(Object good, Fault fault) {
        this.good = good;
        this.fault = fault;
    }

    static Object wrap(Class<?> type, Object good, Fault fault) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Misbehaving(good, fault));
    }

    /** What {@link #wrap} was given. */
    static Object behind(Object wrapped) {
        return ((Misbehaving) Proxy.getInvocationHandler(wrapped)).good;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!fault.concerns(method)) {
            return truth(method, arguments);
        }
        return switch (fault.how()) {
            case "nothing" -> nothing(method.getReturnType());
            case "twice" -> {
                truth(method, arguments);
                yield truth(method, arguments);
            }
            default -> {
                Mischief.now(fault.how());
                yield truth(method, arguments);
            }
        };
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }

    private Object truth(Method method, Object[] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(good, plain(arguments));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        boolean part = answer != null && PARTS.contains(method.getReturnType().getName());
        return part ? wrap(method.getReturnType(), answer, fault) : answer;
    }

    /** Parts of a variant know each other by their classes. */
    private static Object[] plain(Object[] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            if (arguments[i] != null && Proxy.isProxyClass(arguments[i].getClass())
                    && Proxy.getInvocationHandler(arguments[i]) instanceof Misbehaving part) {
                arguments[i] = part.good;
            }
        }
        return arguments;
    }
}
