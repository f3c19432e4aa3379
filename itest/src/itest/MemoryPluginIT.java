// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.plugin.NoCode;
import itest.plugin.TreeMapIndex;
import itest.support.Bundles;
import itest.support.PluginJar;
import itest.support.Shell;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import kernel.vm.hook.MapPolicy;
import kernel.vm.map.MapIndexKind;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** Bundles that nobody here has heard of bring a policy for mappings, and a structure for map entries. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class MemoryPluginIT {
    @InjectBundleContext
    BundleContext context;
    @InjectService
    CommandProcessor processor;

    private Bundle start(String name, PluginJar jar) throws Exception {
        try (InputStream in = jar.open()) {
            Bundle bundle = context.installBundle(name, in);
            bundle.start();
            return bundle;
        }
    }

    private static String map(Shell shell, String name, int prot) throws Exception {
        shell.type("sys 1 close 0");
        shell.type("sys 1 shm_open " + name + " O_RDWR,O_CREAT 0");
        shell.type("sys 1 ftruncate 0 4096");
        return shell.type("sys 1 mmap 0 4096 " + prot + " MAP_SHARED 0 0").replaceAll(".* = ", "");
    }

    @Test
    void aPolicyIsAskedAsLongAsItsBundleIsThere() throws Exception {
        try (Shell shell = new Shell(processor)) {
            shell.type("boot");
            shell.type("spawn puppet");
            Bundle plugin = start("itest.plugin.policy", new PluginJar("itest.plugin.policy", "1.0.0",
                    "kernel.vm.file,kernel.vm.hook,kernel.vm.syscall").withService(NoCode.class, MapPolicy.class));
            assertTrue(map(shell, "plain", 5).startsWith("-1 EACCES"));
            assertTrue(map(shell, "plain", 3).startsWith("0x"));
            shell.type("boot");
            shell.type("spawn puppet");
            assertTrue(map(shell, "plain", 5).startsWith("-1 EACCES"), "a kernel booted later asks it too");
            assertTrue(map(shell, "poison", 5).startsWith("0x"), "it threw and was dropped");
            assertTrue(map(shell, "plain", 5).startsWith("0x"), "by this kernel");
            shell.type("boot");
            shell.type("spawn puppet");
            assertTrue(map(shell, "plain", 5).startsWith("-1 EACCES"), "not by others");
            WeakReference<ClassLoader> loader = Bundles.loader(plugin);
            plugin.uninstall();
            new Bundles(context).refresh(plugin);
            assertTrue(map(shell, "plain", 5).startsWith("0x"));
            assertEquals(List.of(), Bundles.kept(List.of(loader)), "class loader of the uninstalled bundle is kept");
        }
    }

    @Test
    void aMapIndexCanBeUsedAndUninstalled() throws Exception {
        try (Shell shell = new Shell(processor)) {
            shell.type("boot");
            shell.type("spawn puppet");
            PluginJar jar = new PluginJar("itest.plugin.index", "1.0.0", "kernel.vm.map")
                    .with(Class.forName(TreeMapIndex.class.getName() + "$Index"))
                    .withVariant(TreeMapIndex.class, MapIndexKind.class, "mapindex", "treemap");
            Bundle plugin = start("itest.plugin.index", jar);
            shell.type("use mapindex treemap");
            assertTrue(map(shell, "plain", 3).startsWith("0x"));
            assertTrue(shell.type("slots").contains("treemap"));
            WeakReference<ClassLoader> loader = Bundles.loader(plugin);
            plugin.uninstall();
            new Bundles(context).refresh(plugin);
            assertTrue(map(shell, "plain", 3).startsWith("0x"), "another index has taken over");
            assertTrue(!shell.type("slots").contains("treemap"));
            assertEquals(List.of(), Bundles.kept(List.of(loader)), "class loader of the uninstalled bundle is kept");
        }
    }
}
