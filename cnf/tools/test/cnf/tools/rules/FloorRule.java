// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A floor uses only the floors below it, and nothing uses the machines that plug into them. */
final class FloorRule {
    /** Each floor, and those it may use. The name of a floor is also its root package. */
    static final Map<String, Set<String>> USES = Map.of(
            "machine.core", Set.of(),
            "kernel.sched", Set.of("machine.core"),
            "kernel.vm", Set.of("machine.core", "kernel.sched"),
            "kernel.lwp", Set.of("machine.core", "kernel.sched", "kernel.vm"),
            "machine.x86", Set.of("machine.core", "kernel.sched", "kernel.vm", "kernel.lwp"),
            "machine.arm", Set.of("machine.core", "kernel.sched", "kernel.vm", "kernel.lwp"),
            "examples", Set.of("machine.core", "kernel.sched", "kernel.vm", "kernel.lwp", "userland", "shell"),
            "userland", Set.of("machine.core", "kernel.sched", "kernel.vm", "kernel.lwp"),
            "shell", Set.of("machine.core", "kernel.sched", "kernel.vm", "kernel.lwp", "userland"));

    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([^;<]+)");

    private FloorRule() {
    }

    /** Returns the violations: class, and what it must not refer to. */
    static List<String> check(Collection<ClassModel> classes) {
        List<String> violations = new ArrayList<>();
        for (ClassModel model : classes) {
            String name = model.thisClass().asInternalName();
            String floor = floor(name).orElse(null);
            if (floor == null) {
                violations.add(name + " is on no floor");
                continue;
            }
            for (String used : references(model)) {
                floor(used)
                        .filter(f -> !f.equals(floor) && !USES.get(floor).contains(f))
                        .ifPresent(_ -> violations.add(name + " refers to " + used));
            }
        }
        return violations;
    }

    /** The floor of a class. */
    private static Optional<String> floor(String internalName) {
        String name = internalName.replace('/', '.');
        return USES.keySet().stream().filter(f -> name.startsWith(f + ".")).findFirst();
    }

    /** Every class that is named in code, in a declaration or in an inherited type. */
    private static Set<String> references(ClassModel model) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> add(names, type.asInternalName());
                case NameAndTypeEntry member -> add(names, member.type().stringValue());
                case MethodTypeEntry method -> add(names, method.descriptor().stringValue());
                default -> { }
            }
        }
        for (FieldModel field : model.fields()) {
            add(names, field.fieldType().stringValue());
        }
        for (MethodModel method : model.methods()) {
            add(names, method.methodType().stringValue());
        }
        return names;
    }

    /** Takes a class name as well as the descriptor of an array, a field or a method. */
    private static void add(Set<String> names, String descriptor) {
        if (descriptor.startsWith("[") || descriptor.startsWith("(") || descriptor.endsWith(";")) {
            Matcher matcher = TYPE_IN_DESCRIPTOR.matcher(descriptor);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        } else {
            names.add(descriptor);
        }
    }
}
