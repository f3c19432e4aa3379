// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Watches the load folder: installs the jars put there, updates those that change, uninstalls those that go, and tells the
 * user what came of it.
 *
 * <p>What is there in the beginning is taken at once, so that a verb given to {@code ./kw} finds it. Files that are no jars
 * are left alone; configurations among them are for File Install.
 */
@Component(service = LoadFolder.class, immediate = true)
public final class LoadFolder {
    /** The folder; File Install looks for configurations in the same. */
    static final String PROPERTY = "felix.fileinstall.dir";
    private static final int POLL_MILLIS = 250;
    /** The start level at which verbs of {@code ./kw} begin: all that the workbench consists of has started. */
    private static final int VERBS = 8;
    private static final int START_POLL_MILLIS = 20;
    private static final int LONGEST_START = 500;
    /** In place of what the user was told of a file that is another now. */
    private static final String CHANGED = "";

    private final Path folder;
    private final BundleContext context;
    private final Notices notices;
    private final Map<Path, LoadedJar> jars = new ConcurrentSkipListMap<>();
    /** What the user knows of each jar. */
    private final Map<String, String> told = new TreeMap<>();
    private final Thread watcher = new Thread(this::watch, "load folder");

    /** Takes what is there, and goes on watching. */
    @Activate
    public LoadFolder(BundleContext own, @Reference Notices notices) {
        this.notices = notices;
        // The bundles are to outlive an update of this one.
        context = own.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        String name = own.getProperty(PROPERTY);
        folder = name == null ? null : Path.of(name).toAbsolutePath();
        if (folder != null) {
            takeChanges(true);
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    /** Its bundles go on. */
    @Deactivate
    public void stop() {
        watcher.interrupt();
    }

    /** The jars that were taken from the folder, by name. */
    List<LoadedJar> jars() {
        return jars.values().stream().filter(LoadedJar::isTaken).toList();
    }

    private void watch() {
        try {
            awaitTheRest();
            jars().forEach(this::tell);
            while (true) {
                Thread.sleep(POLL_MILLIS);
                rescan();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Components of the jars may wait for services that are still to come: it is too early to call that a fault. */
    private void awaitTheRest() throws InterruptedException {
        FrameworkStartLevel level = context.getBundle().adapt(FrameworkStartLevel.class);
        for (int i = 0; i < LONGEST_START && level.getStartLevel() < VERBS; i++) {
            Thread.sleep(START_POLL_MILLIS);
        }
    }

    /** Whatever a plug-in makes the framework do, the folder is watched on. */
    private void rescan() {
        try {
            if (takeChanges(false)) {
                jars().forEach(this::tell);
            }
        } catch (RuntimeException e) {
            notices.problem("the jars in " + folder + " were not all taken: " + e);
        }
    }

    private boolean takeChanges(boolean settled) {
        List<Path> files = files();
        boolean changed = false;
        for (Path file : List.copyOf(jars.keySet())) {
            changed |= !files.contains(file) && remove(file);
        }
        for (Path file : files) {
            changed |= take(file, settled);
        }
        if (changed) {
            jars().stream().filter(LoadedJar::waits).forEach(LoadedJar::start);
        }
        return changed;
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file)).sorted().toList();
        } catch (IOException noFolder) {
            return new ArrayList<>();
        }
    }

    private boolean take(Path file, boolean settled) {
        try {
            LoadedJar jar = jars.get(file);
            if (jar == null) {
                jar = new LoadedJar(file, context);
            }
            boolean due = jar.isDue(settled);
            if (due) {
                jar.take();
                told.computeIfPresent(jar.name(), (name, text) -> CHANGED);
            }
            jars.put(file, jar);
            return due;
        } catch (IOException goneAgain) {
            // The next look finds out.
            return false;
        }
    }

    private boolean remove(Path file) {
        LoadedJar jar = jars.remove(file);
        jar.remove();
        told.remove(jar.name());
        notices.news(jar.name() + " is gone");
        return true;
    }

    private void tell(LoadedJar jar) {
        String problem = jar.problem();
        String text = problem == null ? "brings " + jar.brings() : problem;
        String before = told.put(jar.name(), text);
        if (text.equals(before)) {
            return;
        }
        if (problem == null) {
            notices.news(jar.name() + (CHANGED.equals(before) ? " changed and " : " ") + text);
        } else {
            notices.problem(jar.name() + " " + text);
        }
    }
}
