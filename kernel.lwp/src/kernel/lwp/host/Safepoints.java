// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import machine.core.watchdog.Overdue;

/**
 * Gives the code of a class safepoints, so that the host watchdog can interrupt it: at the beginning of each method that
 * calls others, before each jump backwards, at the beginning of each exception handler. Waiting for a lock of
 * {@code java.util.concurrent} becomes interruptible.
 */
final class Safepoints {
    private static final ClassDesc OVERDUE = ClassDesc.of(Overdue.class.getName());
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final MethodTypeDesc CAUGHT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable);

    private Safepoints() {
    }

    /**
     * The class with safepoints.
     *
     * @param loader finds the classes it mentions, as files
     * @throws IllegalArgumentException if it cannot be rewritten
     */
    static byte[] into(byte[] bytes, ClassLoader loader) {
        ClassHierarchyResolver files = ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(files));
        return format.transformClass(format.parse(bytes), ClassTransform.transformingMethods((builder, element) -> {
            if (element instanceof CodeModel code) {
                builder.transformCode(code, new Safepoint(code));
            } else {
                builder.with(element);
            }
        }));
    }

    /** The transformation of one method. */
    private static final class Safepoint implements CodeTransform {
        private final boolean atEntry;
        private final Map<Label, Integer> places = new HashMap<>();
        private final Set<Label> handlers = new HashSet<>();
        private int place;

        Safepoint(CodeModel code) {
            boolean calls = false;
            int at = 0;
            for (CodeElement element : code) {
                if (element instanceof LabelTarget target) {
                    places.put(target.label(), at);
                }
                calls |= element instanceof InvokeInstruction;
                at++;
            }
            code.exceptionHandlers().forEach(this::handler);
            String name = code.parent().map(MethodModel::methodName).map(Object::toString).orElse("");
            atEntry = calls || name.startsWith("lambda$");
        }

        /** One that covers itself, as those that leave a monitor do, must not throw: it would run for ever. */
        private void handler(ExceptionCatch range) {
            int handler = places.get(range.handler());
            if (handler < places.get(range.tryStart()) || handler >= places.get(range.tryEnd())) {
                handlers.add(range.handler());
            }
        }

        @Override
        public void atStart(CodeBuilder builder) {
            if (atEntry) {
                poll(builder);
            }
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (goesBack(element)) {
                poll(builder);
            }
            if (element instanceof InvokeInstruction call && Waits.interruptible(call) != null) {
                builder.invoke(call.opcode(), call.owner().asSymbol(), Waits.interruptible(call), call.typeSymbol(),
                        call.isInterface());
            } else {
                builder.with(element);
            }
            if (element instanceof LabelTarget target && handlers.contains(target.label())) {
                builder.dup().invokestatic(OVERDUE, "handler", CAUGHT);
            }
            place++;
        }

        private boolean goesBack(CodeElement element) {
            return switch (element) {
                case BranchInstruction branch -> behind(branch.target());
                case TableSwitchInstruction jump -> behind(jump.defaultTarget()) || anyBehind(jump.cases());
                case LookupSwitchInstruction jump -> behind(jump.defaultTarget()) || anyBehind(jump.cases());
                default -> false;
            };
        }

        private boolean anyBehind(List<SwitchCase> cases) {
            return cases.stream().anyMatch(one -> behind(one.target()));
        }

        private boolean behind(Label target) {
            return places.get(target) <= place;
        }

        private static void poll(CodeBuilder builder) {
            builder.invokestatic(OVERDUE, "poll", NOTHING);
        }
    }

    /** Calls that wait and cannot be interrupted, and those that can and do the same. */
    private static final class Waits {
        private static final String LOCKS = "java/util/concurrent/locks/";

        private Waits() {
        }

        static String interruptible(InvokeInstruction call) {
            boolean plain = call.opcode() != Opcode.INVOKESTATIC && call.type().stringValue().equals("()V");
            if (!plain) {
                return null;
            }
            return switch (call.owner().asInternalName() + "." + call.name().stringValue()) {
                case LOCKS + "Lock.lock", LOCKS + "ReentrantLock.lock" -> "lockInterruptibly";
                case LOCKS + "Condition.awaitUninterruptibly" -> "await";
                case "java/util/concurrent/Semaphore.acquireUninterruptibly" -> "acquire";
                default -> null;
            };
        }
    }
}
