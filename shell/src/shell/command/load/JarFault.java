// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Why a file of the load folder cannot be installed, found before the framework is bothered with it. */
final class JarFault {
    private JarFault() {
    }

    /**
     * The reason and the next step, or null when there is none.
     *
     * @param own bundle that was installed from this file before, or null
     */
    static String of(Path file, Bundle own, BundleContext context) {
        Attributes headers;
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException unreadable) {
            return "is no whole jar file (" + unreadable.getMessage() + "); build it and copy it again";
        }
        String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) {
            return "is no bundle: its manifest has no Bundle-SymbolicName; build it with the pom.xml and bnd.bnd that"
                    + " ./kw new makes";
        }
        return taken(name.replaceFirst(";.*", "").strip(), headers.getValue(Constants.BUNDLE_VERSION), own, context);
    }

    private static String taken(String name, String versionText, Bundle own, BundleContext context) {
        Version version;
        try {
            version = Version.parseVersion(versionText);
        } catch (IllegalArgumentException malformed) {
            return "has the Bundle-Version " + versionText + ", which is no version; write one like 1.0.0";
        }
        for (Bundle other : context.getBundles()) {
            if (!Objects.equals(other, own) && name.equals(other.getSymbolicName()) && version.equals(other.getVersion())) {
                return "is bundle " + name + " " + version + ", which is there already (" + origin(other)
                        + "); change its Bundle-SymbolicName or its version";
            }
        }
        return null;
    }

    private static String origin(Bundle bundle) {
        String location = bundle.getLocation();
        return location.startsWith("file:") ? location.substring(location.lastIndexOf('/') + 1) : "bundle "
                + bundle.getBundleId() + " of the workbench";
    }
}
