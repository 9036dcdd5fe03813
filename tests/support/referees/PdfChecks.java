// veraPDF for as long as somebody asks: `java -cp 'verapdf/*' PdfChecks.java`.
// Reads one file a line: its flavour, a tab, its path. Prints one line for each rule that fails,
// tab separated (clause and test, first place), and an empty line at the end of each file.

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class PdfChecks {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader asked = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] parts = line.split("\t", 2);
            try {
                Map<String, String> failed = failures(PDFAFlavour.byFlavourId(parts[0]), parts[1]);
                failed.forEach((rule, place) -> out.println(rule + "\t" + place));
            } catch (Exception error) { // it could not be parsed at all
                out.println("unreadable\t" + String.valueOf(error).replaceAll("\\s+", " "));
            }
            out.println();
        }
    }

    private static Map<String, String> failures(PDFAFlavour flavour, String path)
            throws Exception {
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no such flavour");
        }
        Map<String, String> failed = new LinkedHashMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.getPDFAFlavour() != flavour) {
                throw new IllegalStateException("judged by " + result.getPDFAFlavour());
            }
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    failed.putIfAbsent(
                        assertion.getRuleId().getClause() + "-"
                            + assertion.getRuleId().getTestNumber(),
                        assertion.getLocation().getContext());
                }
            }
            if (result.isCompliant() != failed.isEmpty()) {
                throw new IllegalStateException("it complies, and does not");
            }
        }
        return failed;
    }
}
