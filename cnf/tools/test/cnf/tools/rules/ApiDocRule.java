// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What strangers build against says what it does: every exported package, and in it every type, method and constructor that
 * they can see. Constants may speak for themselves, and so may what a documented supertype asks for.
 */
final class ApiDocRule {
    private final Path root;
    private final List<String> violations = new ArrayList<>();

    ApiDocRule(Path root) {
        this.root = root;
    }

    List<String> check(List<Path> sources) throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path file : sources) {
            if (file.endsWith("package-info.java") && Files.readString(file).contains("\n@Export")) {
                packages.add(file.getParent());
            }
        }
        List<Path> files = sources.stream().filter(file -> file.toString().endsWith(".java"))
                .filter(file -> packages.contains(file.getParent())).sorted().toList();
        if (!files.isEmpty()) {
            read(files);
        }
        return violations;
    }

    private void read(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(docs, root.relativize(Path.of(unit.getSourceFile().toUri())).toString()).scan(unit, null);
            }
        }
    }

    /** Reads one file. */
    private final class Reader extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final String file;

        Reader(DocTrees docs, String file) {
            this.docs = docs;
            this.file = file;
        }

        @Override
        public Void visitPackage(PackageTree tree, Void unused) {
            if (file.endsWith("package-info.java")) {
                require("the package");
            }
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            if (!visible(tree.getModifiers())) {
                return null;
            }
            require(tree.getSimpleName().toString());
            return super.visitClass(tree, unused);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            boolean inherited = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
            if (visible(tree.getModifiers()) && !inherited) {
                require(tree.getName().toString());
            }
            // What is declared in a method is nobody's business.
            return null;
        }

        /** Members of interfaces need no modifier for that. */
        private boolean visible(ModifiersTree modifiers) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)
                    || parent.getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
        }

        private void require(String what) {
            String text = docs.getDocComment(getCurrentPath());
            if (text == null || text.isBlank()) {
                violations.add(file + ": " + what + " is exported and does not say what it is");
            }
        }
    }
}
