// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * A jar of the load folder, and the bundle that was made of it.
 *
 * <p>Changed by the thread of the folder, read by any: who asks while it is being taken waits for what comes of it.
 */
final class LoadedJar {
    private final Path file;
    private final BundleContext context;
    private Bundle bundle;
    /** Why the file as it is now was not taken, or its bundle not started; null when all went well. */
    private String fault;
    private Stamp taken;
    private Stamp seen;

    /** By which a file is known to have changed. */
    private record Stamp(long size, long modifiedMillis) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
        }
    }

    /** @param context of a bundle that outlives the jar's */
    LoadedJar(Path file, BundleContext context) throws IOException {
        this.file = file;
        this.context = context;
        bundle = context.getBundle(location());
        Stamp now = Stamp.of(file);
        // An update of this bundle leaves those of the folder as they are.
        taken = bundle != null && bundle.getLastModified() > now.modifiedMillis ? now : null;
    }

    private String location() {
        return file.toUri().toString();
    }

    /** As messages call it. */
    String name() {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }

    /**
     * Whether the file is another than the one taken, and whole as far as can be told.
     *
     * @param settled whether nobody is writing files; else one counts as whole when it did not change since the last call
     */
    synchronized boolean isDue(boolean settled) throws IOException {
        Stamp now = Stamp.of(file);
        boolean whole = settled || now.equals(seen);
        seen = now;
        return whole && !now.equals(taken);
    }

    /** Whether it is more than a file that somebody may still be writing. */
    synchronized boolean isTaken() {
        return taken != null;
    }

    /** Installs the file, or updates its bundle; a file that cannot be taken leaves the bundle as it is. */
    synchronized void take() throws IOException {
        taken = seen;
        fault = JarFault.of(file, bundle, context);
        if (fault != null) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            install(in);
        } catch (BundleException refused) {
            fault = "cannot be installed: " + refused.getMessage();
            return;
        }
        start();
    }

    private void install(InputStream in) throws BundleException {
        if (bundle == null) {
            bundle = context.installBundle(location(), in);
        } else {
            // Else the framework's start-level thread starts it again while this one still works on it.
            bundle.stop();
            bundle.update(in);
        }
    }

    /** Whether it was taken and could not be started: another jar may bring what it needs. */
    synchronized boolean waits() {
        return fault != null && bundle != null && bundle.getState() == Bundle.INSTALLED;
    }

    /** Starts the bundle. */
    synchronized void start() {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            fault = null;
        } catch (BundleException failed) {
            fault = bundle.getState() == Bundle.INSTALLED ? WiringFault.of(bundle, failed.getMessage(), context)
                    : "does not start: " + Objects.requireNonNullElse(failed.getCause(), failed);
        }
    }

    /** The file is gone: so is its bundle. */
    synchronized void remove() {
        try {
            if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        } catch (BundleException failed) {
            fault = "cannot be uninstalled: " + failed.getMessage();
        }
    }

    /** What it adds to the workbench now: {@code sched raffle, program count}. */
    synchronized String brings() {
        return contributions().stream().map(Contribution::text).distinct().collect(Collectors.joining(", "));
    }

    /** What is wrong with it and what to do, or null. */
    synchronized String problem() {
        if (fault != null) {
            return isActive() ? fault + "; the one loaded before goes on" : fault;
        }
        if (!isActive()) {
            return "is stopped; start " + bundle.getBundleId() + " starts it";
        }
        List<Contribution> all = contributions();
        if (all.isEmpty()) {
            return "brings nothing: " + Components.fault(bundle, context);
        }
        List<String> hidden = all.stream().map(Contribution::problem).filter(Objects::nonNull).toList();
        return hidden.isEmpty() ? null : String.join("; ", hidden);
    }

    private boolean isActive() {
        return bundle != null && bundle.getState() == Bundle.ACTIVE;
    }

    private List<Contribution> contributions() {
        return isActive() ? Contribution.of(bundle, context) : List.of();
    }

    /** Its line in the table of {@code load}. */
    synchronized LoadCommand.Row row() {
        String name = bundle == null ? null : bundle.getSymbolicName() + " " + bundle.getVersion();
        return new LoadCommand.Row(file.getFileName().toString(), name, isActive(), brings(), problem());
    }
}
