// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.VersionRange;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** Why the framework cannot give a bundle what its manifest asks for. */
final class WiringFault {
    private static final String PACKAGE = BundleRevision.PACKAGE_NAMESPACE;
    private static final String JAVA = "osgi.ee";
    private static final Pattern NAME = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
    private static final Pattern JAVA_VERSION = Pattern.compile("\\(version=([^)]+)\\)");

    private final FrameworkWiring wiring;

    /** A requirement for any version of a package. */
    private record AnyVersion(String name) implements Requirement {
        @Override
        public String getNamespace() {
            return PACKAGE;
        }

        @Override
        public Map<String, String> getDirectives() {
            return Map.of(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "(" + PACKAGE + "=" + name + ")");
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Resource getResource() {
            return null;
        }
    }

    private WiringFault(BundleContext context) {
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** What the bundle asks for and nobody has, with the next step; {@code reason} if that does not tell. */
    static String of(Bundle bundle, String reason, BundleContext context) {
        WiringFault fault = new WiringFault(context);
        List<String> missing = new ArrayList<>();
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        for (Requirement requirement : revision.getRequirements(null)) {
            if (mandatory(requirement) && fault.wiring.findProviders(requirement).isEmpty()) {
                missing.add(fault.words(requirement));
            }
        }
        return missing.isEmpty() ? reason : String.join("; ", missing);
    }

    private static boolean mandatory(Requirement requirement) {
        String resolution = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, "");
        return !resolution.equals(Namespace.RESOLUTION_OPTIONAL) && !resolution.equals("dynamic");
    }

    private String words(Requirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        return switch (requirement.getNamespace()) {
            case PACKAGE -> ofPackage(filter);
            case JAVA -> "is compiled for Java " + first(JAVA_VERSION, filter, "?") + ", and this is Java "
                    + Runtime.version().feature() + "; set maven.compiler.release to " + Runtime.version().feature();
            default -> "needs " + requirement.getNamespace() + " " + filter + ", which no bundle provides";
        };
    }

    private String ofPackage(String filter) {
        String name = first(NAME, filter, filter);
        Collection<BundleCapability> any = wiring.findProviders(new AnyVersion(name));
        if (any.isEmpty()) {
            return "needs the package " + name + ", which no bundle exports; put its classes into the jar"
                    + " (-privatepackage in bnd.bnd), or a bundle that exports it into load/";
        }
        Object present = any.iterator().next().getAttributes().get(Constants.VERSION_ATTRIBUTE);
        return "needs the package " + name + " in version " + range(filter) + ", but here it is " + present
                + "; run ./kw export in the workbench and build the plug-in again";
    }

    private static String range(String filter) {
        String least = first(LEAST, filter, "0");
        String below = first(BELOW, filter, null);
        return below == null ? new VersionRange(least).toString() : "[" + least + "," + below + ")";
    }

    private static String first(Pattern pattern, String filter, String absent) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.find() ? matcher.group(1) : absent;
    }
}
