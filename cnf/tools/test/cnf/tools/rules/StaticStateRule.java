// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * No static mutable state: several kernels run side by side in one JVM, so what a kernel changes has to
 * belong to the kernel.
 *
 * <p>Every static field is final, and its type is a primitive, one of the JDK's immutable types, or a
 * class of ours of which no instance field can change. Whether a {@code List} or an array changes cannot
 * be seen from its type: those, and all else, need a line with a reason in the project's
 * {@code static-state.txt}.
 */
final class StaticStateRule {
    private static final Pattern IMMUTABLE = Pattern.compile("[BCDFIJSZ]|L(?:"
            + "java/lang/(?:String|Boolean|Byte|Character|Short|Integer|Long|Float|Double|Class|Runnable)"
            + "|java/lang/invoke/(?:VarHandle|MethodHandle|MethodType)"
            + "|java/lang/foreign/(?:\\w*Layout\\w*|ValueLayout\\$\\w+)"
            + "|java/math/\\w+|java/time/.+|java/util/function/\\w+|java/util/regex/Pattern"
            + "|java/util/(?:Comparator|HexFormat|Locale|Optional\\w*|UUID)|java/util/concurrent/TimeUnit"
            + "|java/nio/ByteOrder|java/nio/charset/Charset|java/nio/file/Path"
            + "|jdk/internal/vm/ContinuationScope"
            + ");");
    /** Superclasses outside the project that add nothing a class of ours would have to answer for. */
    private static final Pattern HARMLESS_SUPERCLASS =
            Pattern.compile("java/lang/(?:Object|Record|Enum|Throwable|Error|\\w*Exception)");

    private final Map<String, ClassModel> classes;
    private final Map<String, String> allowed;

    /**
     * @param classes of the project and of those below it, by internal name
     * @param allowed reasons by field, which is written {@code package.Class.field}
     */
    StaticStateRule(Map<String, ClassModel> classes, Map<String, String> allowed) {
        this.classes = classes;
        this.allowed = allowed;
    }

    /** Returns the fields that break the rule, and the permissions that nothing needs. */
    List<String> check() {
        List<String> violations = new ArrayList<>();
        Set<String> unused = new TreeSet<>(allowed.keySet());
        for (ClassModel model : classes.values()) {
            for (FieldModel field : model.fields()) {
                // The compiler's own: enum values, switch tables, whether assertions are on.
                if (field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.SYNTHETIC)) {
                    String name = model.thisClass().asInternalName().replace('/', '.') + "." + field.fieldName();
                    String problem = problem(field);
                    if (problem != null && !unused.remove(name)) {
                        violations.add(name + " " + problem);
                    }
                }
            }
        }
        unused.forEach(name -> violations.add(name + " needs no permission, or does not exist"));
        return violations;
    }

    private String problem(FieldModel field) {
        String type = field.fieldType().stringValue();
        if (!field.flags().has(AccessFlag.FINAL)) {
            return "is not final";
        }
        if (IMMUTABLE.matcher(type).matches()) {
            return null;
        }
        if (type.startsWith("L") && isImmutable(type.substring(1, type.length() - 1))) {
            return null;
        }
        return "is of type " + type + ", which may change";
    }

    /** Whether a class of ours has no instance field that can change, nor inherits one. */
    private boolean isImmutable(String type) {
        ClassModel model = classes.get(type);
        if (model == null) {
            return false;
        }
        for (FieldModel field : model.fields()) {
            if (!field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.FINAL)) {
                return false;
            }
        }
        String parent = model.superclass().map(ClassEntry::asInternalName).orElseThrow();
        return HARMLESS_SUPERCLASS.matcher(parent).matches() || isImmutable(parent);
    }
}
