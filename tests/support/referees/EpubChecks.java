// EPUBCheck over many files in one JVM: `java -cp epubcheck.jar EpubChecks.java A.epub B.epub`.
// Prints one line for each message, tab separated: file, id, severity, path, line, column, text.

import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EPUBProfile;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.reporting.CheckingReport;
import com.adobe.epubcheck.util.DefaultReportImpl;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

public class EpubChecks {
    public static void main(String[] names) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : names) {
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
        }
    }
}
