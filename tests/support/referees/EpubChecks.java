// EPUBCheck for as long as somebody asks: `java -cp epubcheck.jar EpubChecks.java`.
// Reads one path a line. Prints one line for each message, tab separated (file, id, severity, path,
// line, column, text), and an empty line at the end of each file.

import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.DefaultReportImpl;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

public class EpubChecks {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // notes that EPUBCheck prints by itself
        BufferedReader names = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = names.readLine(); line != null; line = names.readLine()) {
            String name = line;
            DefaultReportImpl report = new DefaultReportImpl(name) {
                @Override
                public void message(Message message, EPUBLocation at, Object... values) {
                    String text = message.getMessage(values).replaceAll("\\s+", " ");
                    out.println(String.join("\t", name, message.getID().toString(),
                        message.getSeverity().toString(), String.valueOf(at.getPath()),
                        "" + at.getLine(), "" + at.getColumn(), text));
                }
            };
            report.setReportingLevel(ReportingLevel.Usage);
            new EpubCheck(new File(name), report).doValidate();
            out.println();
        }
    }
}
